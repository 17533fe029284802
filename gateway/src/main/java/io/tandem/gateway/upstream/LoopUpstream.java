package io.tandem.gateway.upstream;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.ReflectiveChannelFactory;
import io.netty.resolver.AddressResolverGroup;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.Future;
import io.tandem.gateway.balance.Instance;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one event loop has to do with the instances.
 */
final class LoopUpstream {

	private static final Logger logger = LoggerFactory.getLogger(LoopUpstream.class);

	private static final ChannelHandler NOTHING_YET = new Nothing();

	private static final long BUSY_TICK_MILLIS = 50;

	private static final long IDLE_TICK_MILLIS = 1000;

	private final EventLoop loop;

	private final Class<? extends Channel> type;

	private final AddressResolverGroup<?> resolver;

	private final UpstreamProperties limits;

	private final int share;

	private final IdentityHashMap<Instance, ConnectionPool> pools = new IdentityHashMap<>();

	private final Deadlines deadlines = new Deadlines();

	private final Vocabulary vocabulary = new Vocabulary();

	private @Nullable Future<?> next;

	private boolean nextIsSoon;

	private boolean closed;

	/**
	 * Creates it.
	 * @param share the most connections to one instance
	 */
	LoopUpstream(Channel client, AddressResolverGroup<?> resolver, UpstreamProperties limits, int share) {
		this.loop = client.eventLoop();
		this.type = client.getClass();
		this.resolver = resolver;
		this.limits = limits;
		this.share = share;
	}

	void send(UpstreamCall call, Instance instance, boolean fresh) {
		ConnectionPool pool = pools.get(instance);
		if (pool == null) {
			pool = pool(instance);
			pools.put(instance, pool);
		}
		pool.send(call, fresh);
		if (!nextIsSoon) {
			if (next != null) {
				next.cancel(false);
			}
			tickAfter(BUSY_TICK_MILLIS);
		}
	}

	private ConnectionPool pool(Instance instance) {
		URI uri = instance.uri();
		boolean https = "https".equalsIgnoreCase(uri.getScheme());
		int port = (uri.getPort() != -1) ? uri.getPort() : https ? 443 : 80;
		Bootstrap bootstrap = new Bootstrap().group(loop)
			.channelFactory(new ReflectiveChannelFactory<>(type))
			.resolver(resolver)
			.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.toIntExact(limits.connectTimeout().toMillis()))
			.option(ChannelOption.TCP_NODELAY, true)
			// Not when a write fails: there may still be an answer to read.
			.option(ChannelOption.AUTO_CLOSE, false)
			.remoteAddress(address(uri.getHost(), port))
			.handler(NOTHING_YET);
		return new ConnectionPool(limits, this, bootstrap, https ? new UpstreamTls(uri, limits.connectTimeout()) : null,
				share);
	}

	private static InetSocketAddress address(String host, int port) {
		InetAddress literal = NetUtil.createInetAddressFromIpAddressString(host);
		return (literal != null) ? new InetSocketAddress(literal, port)
				: InetSocketAddress.createUnresolved(host, port);
	}

	private void tickAfter(long millis) {
		nextIsSoon = millis == BUSY_TICK_MILLIS;
		next = loop.schedule(this::tick, millis, TimeUnit.MILLISECONDS);
	}

	private void tick() {
		next = null;
		nextIsSoon = true;
		try {
			expire(now());
		}
		catch (RuntimeException ex) {
			logger.error("A call that took too long could not be ended", ex);
		}
		finally {
			nextIsSoon = false;
			// Instances come and go, and nobody says here that one has left.
			pools.values().removeIf(ConnectionPool::isEmpty);
			boolean busy = !deadlines.isEmpty() || pools.values().stream().anyMatch(ConnectionPool::isWaitedFor);
			if (busy || !pools.isEmpty()) {
				tickAfter(busy ? BUSY_TICK_MILLIS : IDLE_TICK_MILLIS);
			}
		}
	}

	private void expire(long now) {
		deadlines.expire(now);
		// A copy: a call that is given up here may be sent to an instance without a pool.
		for (ConnectionPool pool : List.copyOf(pools.values())) {
			pool.expire(now);
		}
	}

	void close() {
		closed = true;
		pools.values().forEach(ConnectionPool::closeIdle);
	}

	boolean isClosed() {
		return closed;
	}

	long now() {
		return System.nanoTime();
	}

	long responseTimeout() {
		return limits.responseTimeout().toNanos();
	}

	Deadlines deadlines() {
		return deadlines;
	}

	Vocabulary vocabulary() {
		return vocabulary;
	}

	/** The handlers are added when the connection is established. */
	@ChannelHandler.Sharable
	private static final class Nothing extends ChannelInitializer<Channel> {

		@Override
		protected void initChannel(Channel channel) {
		}

	}

}
