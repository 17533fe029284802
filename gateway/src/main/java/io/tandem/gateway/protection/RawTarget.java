package io.tandem.gateway.protection;

import java.nio.charset.StandardCharsets;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;

/**
 * Path and query as the client sent them, for requests whose URI is an encoded form
 * because some classes insist on valid URIs. They travel in a header of their own, which
 * no client can set and no instance may see.
 */
public final class RawTarget {

	/** Not to be passed on. */
	public static final String HEADER = "tandem-raw-target";

	/** Each byte a character. */
	static final AsciiString NAME = AsciiString.cached(HEADER);

	private RawTarget() {
	}

	/**
	 * What to send to an instance.
	 * @param headers of the request
	 * @param usual path and query of the request's URI
	 */
	public static String of(HttpHeaders headers, String usual) {
		String raw = headers.get(NAME);
		// The codec encodes it again.
		return (raw != null) ? new String(raw.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8) : usual;
	}

}
