package io.tandem.gateway.proxy;

import java.util.Iterator;
import java.util.List;
import java.util.Map;

import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;

/**
 * The headers that an instance gets: the client's in one pass, without those of this hop,
 * and who the client is.
 */
final class UpstreamHeaders {

	/** Checked when the server decoded them. */
	private static final DefaultHttpHeadersFactory UNCHECKED = DefaultHttpHeadersFactory.headersFactory()
		.withValidation(false);

	private final HttpHeaders headers = UNCHECKED.newHeaders();

	/** Adds those of the client's that are passed on. */
	void add(HttpHeaders received) {
		Iterator<Map.Entry<CharSequence, CharSequence>> each = received.iteratorCharSequence();
		while (each.hasNext()) {
			Map.Entry<CharSequence, CharSequence> header = each.next();
			if (ForwardedHeaders.isPassedOn(header.getKey())) {
				headers.add(header.getKey(), header.getValue());
			}
		}
	}

	/** Adds a header of the client's if it is passed on. */
	void add(String name, List<String> values) {
		if (ForwardedHeaders.isPassedOn(name)) {
			headers.add(name, values);
		}
	}

	/** Adds what the gateway says. */
	HttpHeaders complete(Client client) {
		if (client.isUpgrade()) {
			headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE);
			headers.set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET);
		}
		else if (!client.isBodyless() && client.header(HttpHeaderNames.TRANSFER_ENCODING.toString()) != null) {
			headers.set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
		}
		client.forwarded().addTo(headers);
		return headers;
	}

}
