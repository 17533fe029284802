package io.tandem.gateway.protection;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.ssl.SslHandler;

/**
 * Answers requests that are not passed on with problem details (RFC 9457).
 */
@SuppressWarnings("FutureReturnValueIgnored") // closing cannot fail in a way that matters
final class RefusalWriter {

	/**
	 * How long the rest of a refused request is read, and thrown away: a connection that
	 * is closed with unread data is reset, and the answer may be lost.
	 */
	private static final long LINGER_SECONDS = 2;

	private RefusalWriter() {
	}

	static FullHttpResponse response(Refusal refusal) {
		byte[] body = """
				{"type":"about:blank","title":"%s","status":%d,"detail":"%s","reason":"%s"}"""
			.formatted(refusal.status().reasonPhrase(), refusal.status().code(), refusal.detail(), refusal.reason())
			.getBytes(StandardCharsets.UTF_8);
		FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, refusal.status(),
				Unpooled.wrappedBuffer(body));
		HttpHeaders headers = response.headers();
		headers.set(HttpHeaderNames.CONTENT_TYPE, "application/problem+json");
		headers.set(HttpHeaderNames.CONTENT_LENGTH, body.length);
		headers.set("X-Gateway-Error", refusal.reason());
		if (refusal.status().equals(HttpResponseStatus.METHOD_NOT_ALLOWED)) {
			headers.set(HttpHeaderNames.ALLOW, RequestRules.METHODS);
		}
		if (refusal.status().equals(HttpResponseStatus.TOO_MANY_REQUESTS)) {
			headers.set(HttpHeaderNames.RETRY_AFTER, 1);
		}
		return response;
	}

	/** Sends an answer and ends the connection so that the client can read it. */
	static void writeAndClose(ChannelHandlerContext context, FullHttpResponse response) {
		if (context.channel() instanceof DuplexChannel) {
			response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
		}
		context.writeAndFlush(response).addListener((written) -> end(context, written.isSuccess()));
	}

	private static void end(ChannelHandlerContext context, boolean written) {
		Channel channel = context.channel();
		if (!written) {
			context.close();
			return;
		}
		SslHandler ssl = channel.pipeline().get(SslHandler.class);
		if (ssl != null) {
			ssl.closeOutbound().addListener((closed) -> linger(context));
		}
		else {
			linger(context);
		}
	}

	private static void linger(ChannelHandlerContext context) {
		Channel channel = context.channel();
		channel.config().setAutoRead(true);
		if (channel instanceof DuplexChannel connection) {
			connection.shutdownOutput();
			channel.eventLoop().schedule(() -> context.close(), LINGER_SECONDS, TimeUnit.SECONDS);
		}
		else {
			channel.eventLoop().schedule(() -> abandon(context), LINGER_SECONDS, TimeUnit.SECONDS);
		}
	}

	/** Tells the client that the answer stands although its request is not complete. */
	private static void abandon(ChannelHandlerContext stream) {
		if (stream.channel().isActive()) {
			stream.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.NO_ERROR)).addListener((done) -> stream.close());
		}
	}

}
