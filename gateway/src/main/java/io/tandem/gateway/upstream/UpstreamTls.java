package io.tandem.gateway.upstream;

import java.net.URI;

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

	private final SslContext context;

	private final URI instance;

	UpstreamTls(URI instance) {
		this.instance = instance;
		try {
			this.context = SslContextBuilder.forClient().build();
		}
		catch (SSLException ex) {
			throw new IllegalStateException("This JVM has no TLS", ex);
		}
	}

	Future<Channel> handshake(Channel channel) {
		SslHandler handler = context.newHandler(channel.alloc(), instance.getHost(), instance.getPort());
		channel.pipeline().addFirst(handler);
		return handler.handshakeFuture();
	}

}
