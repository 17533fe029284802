package io.tandem.gateway.proxy;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;

/**
 * Headers that are about one connection and never passed on, in neither direction. What a
 * client names in its {@code Connection} header is not among them: it could have headers
 * removed that the instance relies on.
 */
final class HopByHop {

	/** As a set of names that can be searched without making strings. */
	private static final HttpHeaders NAMES = new DefaultHttpHeaders();
	static {
		for (String name : new String[] { "connection", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade",
				"proxy-authenticate", "proxy-authorization", "proxy-connection" }) {
			NAMES.set(name, "");
		}
	}

	private HopByHop() {
	}

	static boolean contains(CharSequence name) {
		return NAMES.contains(name);
	}

}
