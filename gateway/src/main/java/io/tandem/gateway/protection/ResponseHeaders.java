package io.tandem.gateway.protection;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;

/**
 * Adds headers to responses that make browsers more careful, where the application has
 * not said otherwise.
 */
final class ResponseHeaders {

	private static final AsciiString CONTENT_TYPE_OPTIONS = AsciiString.cached("X-Content-Type-Options");

	private static final AsciiString NO_SNIFF = AsciiString.cached("nosniff");

	private static final AsciiString FRAME_OPTIONS = AsciiString.cached("X-Frame-Options");

	private static final AsciiString SAME_ORIGIN = AsciiString.cached("SAMEORIGIN");

	private static final AsciiString REFERRER_POLICY = AsciiString.cached("Referrer-Policy");

	private static final AsciiString STRICT_ORIGIN = AsciiString.cached("strict-origin-when-cross-origin");

	private static final AsciiString TRANSPORT_SECURITY = AsciiString.cached("Strict-Transport-Security");

	private final boolean enabled;

	private final String transportSecurity;

	/**
	 * Creates the headers.
	 * @param transportSecurity value of {@code Strict-Transport-Security}, empty for none
	 */
	ResponseHeaders(boolean enabled, String transportSecurity) {
		this.enabled = enabled;
		this.transportSecurity = transportSecurity;
	}

	void addTo(HttpHeaders headers) {
		if (enabled) {
			add(headers, CONTENT_TYPE_OPTIONS, NO_SNIFF);
			add(headers, FRAME_OPTIONS, SAME_ORIGIN);
			add(headers, REFERRER_POLICY, STRICT_ORIGIN);
		}
		if (!transportSecurity.isEmpty()) {
			add(headers, TRANSPORT_SECURITY, transportSecurity);
		}
	}

	private static void add(HttpHeaders headers, AsciiString name, CharSequence value) {
		if (!headers.contains(name)) {
			headers.add(name, value);
		}
	}

}
