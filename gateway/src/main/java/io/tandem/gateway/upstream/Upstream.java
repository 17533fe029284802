package io.tandem.gateway.upstream;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import io.netty.resolver.AddressResolverGroup;
import io.tandem.gateway.balance.Instance;

/**
 * Sends calls to instances. Every call stays on the event loop of the client that made
 * it, so that a request never changes threads.
 */
public final class Upstream implements AutoCloseable {

	private final UpstreamProperties limits;

	private final AddressResolverGroup<?> resolver;

	private final int share;

	private final Map<EventLoop, LoopUpstream> loops = new ConcurrentHashMap<>();

	/**
	 * Creates it without any connection.
	 * @param resolver for hosts of instances that are names
	 * @param loops how many event loops the connections are for
	 */
	public Upstream(UpstreamProperties limits, AddressResolverGroup<?> resolver, int loops) {
		this.limits = limits;
		this.resolver = resolver;
		this.share = Math.max(1, limits.maxConnections() / Math.max(1, loops));
	}

	/**
	 * Sends a call.
	 * @param client the connection of the client, on whose event loop this is called
	 * @param fresh whether it needs a new connection: the idle ones may be stale
	 */
	public void send(UpstreamCall call, Instance instance, Channel client, boolean fresh) {
		loop(client).send(call, instance, fresh);
	}

	private LoopUpstream loop(Channel client) {
		LoopUpstream loop = loops.get(client.eventLoop());
		if (loop == null) {
			loop = new LoopUpstream(socket(client), resolver, limits, share);
			loops.put(client.eventLoop(), loop);
		}
		return loop;
	}

	/** The one on the wire: a stream of HTTP/2 is a channel of its own. */
	private static Channel socket(Channel client) {
		Channel socket = client;
		while (!(socket instanceof SocketChannel) && socket.parent() != null) {
			socket = socket.parent();
		}
		return socket;
	}

	/** Closes what is idle; calls under way come to their end. */
	@Override
	public void close() {
		loops.forEach((loop, upstream) -> {
			if (!loop.isShuttingDown()) {
				loop.execute(upstream::close);
			}
		});
	}

}
