package io.tandem.gateway.protection;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;

/**
 * Sends requests over HTTP to HTTPS, method and body included.
 */
final class HttpsRedirect {

	private static final int STANDARD = 443;

	private HttpsRedirect() {
	}

	static FullHttpResponse of(HttpRequest request, int port) {
		String host = request.headers().get(HttpHeaderNames.HOST);
		int colon = host.lastIndexOf(':');
		String name = (colon > host.lastIndexOf(']')) ? host.substring(0, colon) : host;
		String authority = (port == STANDARD) ? name : name + ":" + port;
		FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1,
				HttpResponseStatus.PERMANENT_REDIRECT, Unpooled.EMPTY_BUFFER);
		response.headers().set(HttpHeaderNames.LOCATION, "https://" + authority + request.uri());
		response.headers().set(HttpHeaderNames.CONTENT_LENGTH, 0);
		return response;
	}

}
