package io.tandem.gateway.protection;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http2.HttpConversionUtil.ExtensionHeaderNames;

/**
 * Headers with which Netty tells itself more about HTTP/2 requests. They are nobody
 * else's business.
 */
final class Http2Leftovers {

	private Http2Leftovers() {
	}

	static void remove(HttpHeaders headers) {
		for (ExtensionHeaderNames name : ExtensionHeaderNames.values()) {
			headers.remove(name.text());
		}
	}

}
