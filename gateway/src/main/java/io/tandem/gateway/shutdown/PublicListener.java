package io.tandem.gateway.shutdown;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.netty.channel.Channel;
import io.netty.handler.codec.http2.Http2FrameCodec;
import org.jspecify.annotations.Nullable;
import reactor.netty.DisposableServer;
import reactor.netty.channel.ChannelOperations;
import reactor.netty.http.server.HttpServer;

/**
 * The public port and the connections that came over it.
 */
final class PublicListener {

	private final Set<Channel> connections = ConcurrentHashMap.newKeySet();

	private volatile @Nullable Channel listener;

	HttpServer customize(HttpServer server) {
		return server.doOnBound(this::bound).doOnChannelInit((observer, channel, remoteAddress) -> opened(channel));
	}

	private void bound(DisposableServer server) {
		listener = server.channel();
	}

	private void opened(Channel channel) {
		connections.add(channel);
		channel.closeFuture().addListener((closed) -> connections.remove(channel));
	}

	/**
	 * Accepts no more connections. Those that the kernel has established but not handed
	 * out are lost, so nothing comes between taking the last one and closing.
	 */
	void close() {
		Channel open = listener;
		if (open != null) {
			open.close().awaitUninterruptibly();
		}
	}

	int connections() {
		return connections.size();
	}

	/** Closes the connections that have no request under way. */
	@SuppressWarnings("FutureReturnValueIgnored") // whoever asks counts what is left
	void closeIdle() {
		for (Channel connection : connections) {
			boolean busy = ChannelOperations.get(connection) != null;
			// Of HTTP/2, closing means: no new streams, and the end after the last one.
			if (!busy || connection.pipeline().get(Http2FrameCodec.class) != null) {
				connection.close();
			}
		}
	}

}
