package io.tandem.gateway.shutdown;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.server.HttpServer;

/**
 * The public ports and the connections that came over them.
 */
final class PublicListener {

	/** More than accepting takes. */
	private static final Duration PROBE = Duration.ofMillis(500);

	private final Set<Channel> listeners = ConcurrentHashMap.newKeySet();

	private final Map<Channel, PublicConnection> connections = new ConcurrentHashMap<>();

	private final boolean shared;

	/** Under way at the moment. */
	private volatile @Nullable Probe probe;

	/**
	 * Creates the listener.
	 * @param shared whether other processes listen on the same port
	 */
	PublicListener(boolean shared) {
		this.shared = shared;
	}

	HttpServer customize(HttpServer server) {
		return server.doOnBound((bound) -> bound(bound.channel()))
			.doOnChannelInit((observer, channel, remoteAddress) -> opened(channel));
	}

	private void bound(Channel listener) {
		listeners.add(listener);
		if (shared) {
			// One that ended has given them to somebody.
			PortHandover.giveToAll(listener);
		}
	}

	/** Also those that the firewall closes at once: they have come to this process. */
	private void opened(Channel channel) {
		Probe expected = probe;
		if (expected != null && expected.from().equals(channel.remoteAddress())) {
			expected.arrived().countDown();
		}
		connections.put(channel, new PublicConnection(channel));
		channel.closeFuture().addListener((closed) -> connections.remove(channel));
	}

	/**
	 * Has new connections go to other processes from now on, if there are any.
	 */
	void handOver() throws InterruptedException {
		if (shared) {
			for (Channel listener : listeners) {
				handOver(listener);
			}
		}
	}

	/**
	 * A process does not learn its own number. Of two numbers one at least is somebody
	 * else's, unless there is nobody else.
	 */
	private void handOver(Channel listener) throws InterruptedException {
		for (int number = 0; number < 2; number++) {
			if (PortHandover.giveTo(number, listener) && !reachesThis(listener)) {
				return;
			}
		}
		PortHandover.giveToAll(listener);
	}

	private boolean reachesThis(Channel listener) throws InterruptedException {
		InetSocketAddress address = (InetSocketAddress) listener.localAddress();
		InetAddress host = address.getAddress().isAnyLocalAddress() ? InetAddress.getLoopbackAddress()
				: address.getAddress();
		try (Socket socket = new Socket()) {
			socket.bind(new InetSocketAddress(host, 0));
			Probe sent = new Probe(socket.getLocalSocketAddress(), new CountDownLatch(1));
			probe = sent;
			connect(socket, new InetSocketAddress(host, address.getPort()));
			return sent.arrived().await(PROBE.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (IOException ex) {
			// Better nothing handed over than everything to somebody who takes nothing.
			return true;
		}
		finally {
			probe = null;
		}
	}

	private static void connect(Socket socket, InetSocketAddress address) throws IOException {
		try {
			socket.connect(address, (int) PROBE.toMillis());
		}
		catch (ConnectException ex) {
			throw ex;
		}
		catch (SocketException ex) {
			// Accepted and reset at once, by a firewall: somebody is there.
		}
	}

	/** Accepts no more connections. */
	void close() {
		listeners.forEach((listener) -> listener.close().awaitUninterruptibly());
	}

	int connections() {
		return connections.size();
	}

	/**
	 * Asks the clients that can be asked without an answer to send requests elsewhere.
	 */
	void announceEnd() {
		connections.values().forEach(PublicConnection::announceEnd);
	}

	/** Closes the connections on which nothing was under way for some time. */
	void closeQuiet(Duration linger) {
		connections.values().forEach((connection) -> connection.closeIfQuiet(linger));
	}

	/**
	 * A connection of this process to the port, to see who gets it.
	 *
	 * @param from its other end
	 * @param arrived reached once this process has accepted it
	 */
	private record Probe(SocketAddress from, CountDownLatch arrived) {

	}

}
