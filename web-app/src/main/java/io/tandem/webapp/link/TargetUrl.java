package io.tandem.webapp.link;

import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The URL that a short link leads to: absolute, http or https, with a host, without
 * credentials, in ASCII and at most 2,048 characters long.
 *
 * @param uri the URL in ASCII: what browsers let through without escaping is escaped, and
 * an international host name stands in its {@code xn--} form
 */
record TargetUrl(URI uri) {

	/** The longest URL, in characters. */
	static final int MAX_LENGTH = 2048;

	/** Not allowed by RFC 3986, yet found in working URLs. */
	private static final String ESCAPED = "\"<>^`{|}";

	/**
	 * Parses what a person or a program gave.
	 * @param text the URL
	 * @return the URL in ASCII
	 * @throws IllegalArgumentException if it is not acceptable, with a message for its
	 * author
	 */
	static TargetUrl parse(String text) {
		check(!text.isBlank(), "Give the URL that the short link leads to.");
		check(text.length() <= MAX_LENGTH, "The URL is longer than 2,048 characters.");
		check(text.chars().noneMatch(TargetUrl::isInvisible),
				"The URL contains a space, a line break or another invisible character.");
		// Browsers read it as a slash, parsers as part of the credentials: nobody knows
		// where it leads.
		check(text.indexOf('\\') < 0, "The URL contains a backslash.");
		String lower = text.toLowerCase(Locale.ROOT);
		check(lower.startsWith("http://") || lower.startsWith("https://"),
				"Only absolute http:// and https:// URLs can be shortened.");
		URI uri = toAscii(text);
		check(uri.getRawAuthority() != null && uri.getRawAuthority().indexOf('@') < 0,
				"The URL contains credentials (the part before the @), which would be public.");
		check(uri.getHost() != null, "The URL has no valid host name.");
		check(uri.getPort() <= 65535, "The URL has no valid port.");
		check(uri.toString().length() <= MAX_LENGTH, "The URL is longer than 2,048 characters once it is escaped.");
		return new TargetUrl(uri);
	}

	/**
	 * Says whether the URL leads to the given address, that is, to the shortener itself.
	 * @param address scheme, host and port
	 */
	boolean leadsTo(URI address) {
		return this.uri.getHost().equalsIgnoreCase(address.getHost()) && port(this.uri) == port(address);
	}

	@Override
	public String toString() {
		return this.uri.toString();
	}

	private static int port(URI uri) {
		if (uri.getPort() >= 0) {
			return uri.getPort();
		}
		return "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
	}

	private static URI toAscii(String text) {
		int start = text.indexOf("//") + 2;
		int end = start;
		while (end < text.length() && "/?#".indexOf(text.charAt(end)) < 0) {
			end++;
		}
		try {
			String authority = text.substring(start, end);
			if (authority.chars().anyMatch((character) -> character > 0x7f)) {
				authority = toAsciiAuthority(authority);
			}
			return new URI(text.substring(0, start) + authority + escape(text.substring(end)));
		}
		catch (URISyntaxException ex) {
			throw new IllegalArgumentException("The URL is not valid: " + ex.getReason() + ".", ex);
		}
	}

	private static String toAsciiAuthority(String authority) {
		int colon = authority.lastIndexOf(':');
		String host = (colon < 0) ? authority : authority.substring(0, colon);
		try {
			return IDN.toASCII(host) + ((colon < 0) ? "" : authority.substring(colon));
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException("The URL has no valid host name.", ex);
		}
	}

	private static String escape(String text) {
		StringBuilder escaped = new StringBuilder(text.length());
		for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
			if (octet < 0 || ESCAPED.indexOf(octet) >= 0) {
				escaped.append('%').append(String.format(Locale.ROOT, "%02X", octet));
			}
			else {
				escaped.append((char) octet);
			}
		}
		return escaped.toString();
	}

	private static boolean isInvisible(int character) {
		return Character.isISOControl(character) || Character.isWhitespace(character)
				|| Character.isSpaceChar(character) || Character.getType(character) == Character.FORMAT;
	}

	private static void check(boolean condition, String message) {
		if (!condition) {
			throw new IllegalArgumentException(message);
		}
	}

}
