package io.tandem.gateway.shutdown;

import java.time.Duration;

import io.netty.channel.Channel;
import io.netty.handler.codec.http2.DefaultHttp2GoAwayFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.ssl.AbstractSniHandler;
import io.netty.handler.ssl.SslHandler;
import io.tandem.gateway.protection.InnerHandler;
import org.jspecify.annotations.Nullable;
import reactor.netty.channel.ChannelOperations;

/**
 * A client's connection, and how it ends with the gateway. Used by the one thread that
 * shuts down.
 */
final class PublicConnection {

	private final Channel channel;

	private boolean told;

	private @Nullable Long quietSince;

	PublicConnection(Channel channel) {
		this.channel = channel;
	}

	/**
	 * Asks an HTTP/2 client for its next request on another connection, once. The streams
	 * it opens before it has read that are served: closing with a request on the way
	 * would reset the connection, and all that is under way on it (RFC 9113, 6.8). With
	 * HTTP/1.1 the {@link ClosingHandler} asks.
	 */
	@SuppressWarnings("FutureReturnValueIgnored") // a connection that is gone needs no
													// word
	void announceEnd() {
		if (!told && http2() != null) {
			told = true;
			channel
				.writeAndFlush(new DefaultHttp2GoAwayFrame(Http2Error.NO_ERROR).setExtraStreamIds(Integer.MAX_VALUE));
		}
	}

	/**
	 * Closes the connection if nothing was under way on it for some time.
	 * @param linger for how long; its first request may be on the way
	 */
	@SuppressWarnings("FutureReturnValueIgnored") // whoever asks counts what is left
	void closeIfQuiet(Duration linger) {
		if (isBusy()) {
			quietSince = null;
			return;
		}
		long now = System.nanoTime();
		if (quietSince == null) {
			quietSince = now;
		}
		if (now - quietSince >= linger.toNanos()) {
			channel.close();
		}
	}

	private boolean isBusy() {
		if (isInHandshake()) {
			return true;
		}
		Http2FrameCodec http2 = http2();
		if (http2 != null) {
			return http2.connection().numActiveStreams() > 0;
		}
		InnerHandler inner = channel.pipeline().get(InnerHandler.class);
		return ChannelOperations.get(channel) != null || (inner != null && inner.isBusy());
	}

	/** The handler for server names makes way for the one with the certificate. */
	private boolean isInHandshake() {
		SslHandler tls = channel.pipeline().get(SslHandler.class);
		return (tls != null) ? !tls.handshakeFuture().isDone()
				: channel.pipeline().get(AbstractSniHandler.class) != null;
	}

	private @Nullable Http2FrameCodec http2() {
		return channel.pipeline().get(Http2FrameCodec.class);
	}

}
