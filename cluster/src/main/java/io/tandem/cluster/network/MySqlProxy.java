package io.tandem.cluster.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * A TCP proxy on loopback before a MySQL server that counts what clients send and makes
 * the network slow or bad. Commands are counted on connections without TLS, such as those
 * to {@link #url(String)}.
 */
public final class MySqlProxy implements AutoCloseable {

	private static final Pattern SERVER = Pattern.compile("^jdbc:mysql://[^/?]*");

	private static final int BACKLOG = 200;

	private final int serverPort;

	private final int port;

	private final Conditions conditions = new Conditions();

	private final Tally tally = new Tally();

	private final AtomicLong numbers = new AtomicLong();

	private final Set<ProxiedConnection> connections = ConcurrentHashMap.newKeySet();

	private @Nullable Listener listener;

	private MySqlProxy(int serverPort) throws IOException {
		this.serverPort = serverPort;
		this.port = listen(0);
	}

	/**
	 * Starts a proxy on a free port.
	 * @param serverPort the server's port on this machine
	 * @return the proxy; it passes on, counts and delays nothing
	 */
	public static MySqlProxy to(int serverPort) {
		try {
			return new MySqlProxy(serverPort);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** The port on which the proxy listens. */
	public int port() {
		return this.port;
	}

	/**
	 * Leads a URL through the proxy.
	 * @param jdbcUrl a URL of the server
	 * @return the same through the proxy, without TLS
	 */
	public String url(String jdbcUrl) {
		String url = SERVER.matcher(jdbcUrl).replaceFirst("jdbc:mysql://127.0.0.1:" + this.port);
		return url + (url.contains("?") ? "&" : "?") + "sslMode=DISABLED&allowPublicKeyRetrieval=true";
	}

	/** What was sent since the start or the last {@link #reset()}. */
	public Traffic traffic() {
		return this.tally.traffic();
	}

	/** Counts from zero. */
	public void reset() {
		this.tally.reset();
	}

	/**
	 * Makes the way longer, also for open connections.
	 * @param roundTrip by how much an answer comes later
	 */
	public void delay(Duration roundTrip) {
		delay(roundTrip, Duration.ZERO);
	}

	/**
	 * Makes the way longer, also for open connections.
	 * @param toServer by how much the server gets everything later
	 * @param toClient by how much the client gets everything later
	 */
	public void delay(Duration toServer, Duration toClient) {
		this.conditions.delay(toServer, toClient);
	}

	/**
	 * Loses all that is sent, as a broken wire does: connections stay open and nothing
	 * comes through, new ones are accepted and never greeted.
	 * @param drop {@code false} to let everything through that was held back
	 */
	public void drop(boolean drop) {
		this.conditions.drop(drop);
	}

	/** Resets all open connections; new ones are accepted. */
	public void cut() {
		this.connections.forEach(ProxiedConnection::cut);
	}

	/**
	 * Refuses new connections; open ones stay.
	 * @param refuse {@code false} to accept them again
	 */
	public synchronized void refuse(boolean refuse) {
		try {
			Listener open = this.listener;
			if (refuse && open != null) {
				this.listener = null;
				open.close();
			}
			else if (!refuse && open == null) {
				listen(this.port);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private synchronized int listen(int onPort) throws IOException {
		ServerSocket socket = new ServerSocket();
		socket.setReuseAddress(true);
		socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), onPort), BACKLOG);
		this.listener = new Listener(socket, Thread.ofVirtual().name("mysql-proxy").start(() -> accept(socket)));
		return socket.getLocalPort();
	}

	private void accept(ServerSocket socket) {
		while (!socket.isClosed()) {
			try {
				Socket client = socket.accept();
				Thread.ofVirtual().name("mysql-proxy-open").start(() -> open(client));
			}
			catch (IOException ex) {
				// Closed, or the client is gone.
			}
		}
	}

	private void open(Socket client) {
		try {
			this.conditions.awaitFlow();
			Socket server = new Socket(InetAddress.getLoopbackAddress(), this.serverPort);
			this.tally.opened();
			ProxiedConnection connection = new ProxiedConnection(this.numbers.incrementAndGet(), client, server,
					this.conditions, this.tally);
			this.connections.add(connection);
			connection.start(() -> this.connections.remove(connection));
		}
		catch (IOException ex) {
			ProxiedConnection.closeQuietly(client);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public void close() {
		refuse(true);
		drop(false);
		this.connections.forEach(ProxiedConnection::close);
	}

	private record Listener(ServerSocket socket, Thread acceptor) {

		/** The kernel goes on accepting until the thread that waits has noticed. */
		void close() throws IOException {
			socket.close();
			try {
				if (!acceptor.join(Duration.ofSeconds(5))) {
					throw new IOException("The proxy's listener does not close");
				}
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}

	}

}
