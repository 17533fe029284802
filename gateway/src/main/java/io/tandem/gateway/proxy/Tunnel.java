package io.tandem.gateway.proxy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.timeout.IdleStateHandler;
import io.tandem.gateway.upstream.UpstreamCall;
import reactor.netty.NettyPipeline;

/**
 * What a connection becomes when the instance has agreed to a WebSocket: bytes in both
 * directions, as they come, until one side closes.
 */
final class Tunnel {

	private final Channel client;

	private final Duration idle;

	/**
	 * Creates a tunnel.
	 * @param idle how long nothing may come from either side
	 */
	Tunnel(Channel client, Duration idle) {
		this.client = client;
		this.idle = idle;
	}

	/**
	 * Opens the tunnel.
	 * @param agreement the instance's 101
	 */
	void open(HttpResponse agreement, UpstreamCall call) {
		TunnelEnd clientEnd = new TunnelEnd();
		TunnelEnd instanceEnd = new TunnelEnd();
		clientEnd.connect(instanceEnd);
		call.upgrade(instanceEnd, () -> {
			ChannelPipeline pipeline = client.pipeline();
			// In the place of HTTP: the handlers after it see nothing any more.
			pipeline.addAfter(NettyPipeline.HttpCodec, "tandem.tunnel", clientEnd);
			pipeline.remove(NettyPipeline.HttpCodec);
			var _ = clientEnd.own().writeAndFlush(Unpooled.copiedBuffer(head(agreement), StandardCharsets.ISO_8859_1));
		});
		Channel instance = instanceEnd.own().channel();
		instance.pipeline().addFirst(new IdleStateHandler(0, 0, idle.toMillis(), TimeUnit.MILLISECONDS));
		client.config().setAutoRead(true);
		instance.config().setAutoRead(true);
	}

	private static String head(HttpResponse agreement) {
		StringBuilder head = new StringBuilder("HTTP/1.1 101 Switching Protocols\r\n");
		for (Map.Entry<String, String> header : agreement.headers()) {
			head.append(header.getKey()).append(": ").append(header.getValue()).append("\r\n");
		}
		return head.append("\r\n").toString();
	}

}
