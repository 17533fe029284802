package io.tandem.gateway.proxy;

import java.util.List;
import java.util.stream.Stream;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;

/**
 * Headers that are about one connection and never passed on, in neither direction. What a
 * client names in its {@code Connection} header is not among them: it could have headers
 * removed that the instance relies on.
 */
final class HopByHop {

	private static final List<AsciiString> NAMES = Stream
		.of("connection", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade", "proxy-authenticate",
				"proxy-authorization", "proxy-connection")
		.map(AsciiString::cached)
		.toList();

	/** As a set of names that can be searched without making strings. */
	private static final HttpHeaders SET = new DefaultHttpHeaders();
	static {
		NAMES.forEach((name) -> SET.set(name, ""));
	}

	private HopByHop() {
	}

	static boolean contains(CharSequence name) {
		return SET.contains(name);
	}

	static void removeFrom(HttpHeaders headers) {
		for (int i = 0; i < NAMES.size(); i++) {
			headers.remove(NAMES.get(i));
		}
	}

}
