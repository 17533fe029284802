package io.tandem.gateway.upstream;

import java.net.URI;
import java.time.Duration;

import javax.net.ssl.SSLException;

import io.netty.channel.Channel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;

/**
 * TLS to an instance whose address is {@code https}. It has to show a certificate that
 * the JVM trusts, for its host.
 */
final class UpstreamTls {

	private final URI instance;

	private final Duration timeout;

	/**
	 * Creates it.
	 * @param timeout for a handshake
	 */
	UpstreamTls(URI instance, Duration timeout) {
		this.instance = instance;
		this.timeout = timeout;
	}

	Future<Channel> handshake(Channel channel) {
		SslHandler handler = Trust.CONTEXT.newHandler(channel.alloc(), instance.getHost(), instance.getPort());
		handler.setHandshakeTimeoutMillis(timeout.toMillis());
		channel.pipeline().addFirst(handler);
		return handler.handshakeFuture();
	}

	/** The JVM's certificates, read once, when there is an instance that needs them. */
	private static final class Trust {

		static final SslContext CONTEXT = context();

		private static SslContext context() {
			try {
				return SslContextBuilder.forClient().build();
			}
			catch (SSLException ex) {
				throw new IllegalStateException("This JVM has no TLS", ex);
			}
		}

	}

}
