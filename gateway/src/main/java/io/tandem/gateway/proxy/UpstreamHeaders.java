package io.tandem.gateway.proxy;

import java.util.List;
import java.util.Map;

import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import reactor.netty.http.server.HttpServerRequest;

import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.util.ClassUtils;

/**
 * The headers that an instance gets: the client's in one pass, without those of this hop,
 * and who the client is.
 */
final class UpstreamHeaders {

	/** Checked when the server decoded them. */
	private static final DefaultHttpHeadersFactory UNCHECKED = DefaultHttpHeadersFactory.headersFactory()
		.withValidation(false);

	/** What Reactor Netty's requests are, as long as no filter has changed them. */
	private static final Class<?> UNCHANGED = ClassUtils.resolveClassName(
			"org.springframework.http.server.reactive.ReactorServerHttpRequest",
			ServerHttpRequest.class.getClassLoader());

	private UpstreamHeaders() {
	}

	static HttpHeaders of(ServerHttpRequest request, boolean upgrade) {
		HttpHeaders headers = UNCHECKED.newHeaders();
		if (request.getClass() == UNCHANGED) {
			HttpServerRequest unchanged = ServerHttpRequestDecorator.getNativeRequest(request);
			unchanged.requestHeaders().iteratorCharSequence().forEachRemaining((header) -> {
				if (ForwardedHeaders.isPassedOn(header.getKey())) {
					headers.add(header.getKey(), header.getValue());
				}
			});
		}
		else {
			for (Map.Entry<String, List<String>> header : request.getHeaders().headerSet()) {
				if (ForwardedHeaders.isPassedOn(header.getKey())) {
					headers.add(header.getKey(), header.getValue());
				}
			}
		}
		if (upgrade) {
			headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE);
			headers.set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET);
		}
		else if (request.getHeaders().containsHeader(org.springframework.http.HttpHeaders.TRANSFER_ENCODING)) {
			headers.set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
		}
		ForwardedHeaders.addTo(headers, request);
		return headers;
	}

}
