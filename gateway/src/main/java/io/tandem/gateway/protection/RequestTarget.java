package io.tandem.gateway.protection;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/**
 * Judges the path and query of a request in one pass.
 * <p>
 * What could mean one thing to the gateway and another to an instance is refused: dot
 * segments, also encoded or with parameters ({@code /..;x/}), encoded slashes and
 * backslashes, control characters, wrong percent-encoding, a second slash at the
 * beginning. Characters that RFC 3986 does not allow but browsers send are harmless and
 * passed on as they are; only classes that insist on a valid URI get to see an encoded
 * form.
 */
final class RequestTarget {

	private static final String HEX = "0123456789ABCDEF";

	/** Printable, but not allowed by {@link java.net.URI}. */
	private static final String UNUSUAL = "\"<>[]^`{|}";

	private static final int PLAIN = 0;

	private static final int PATH_ONLY_UNUSUAL = 1;

	private static final int ALWAYS_UNUSUAL = 2;

	private static final int FORBIDDEN = 3;

	private static final byte[] KINDS = kinds();

	private final String encoded;

	private final @Nullable String raw;

	private RequestTarget(String encoded, @Nullable String raw) {
		this.encoded = encoded;
		this.raw = raw;
	}

	private static byte[] kinds() {
		byte[] kinds = new byte[256];
		for (int c = 0; c < kinds.length; c++) {
			if (c <= ' ' || c == 0x7f || c == '\\' || c == '#') {
				kinds[c] = FORBIDDEN;
			}
			else if (c == '[' || c == ']') {
				kinds[c] = PATH_ONLY_UNUSUAL;
			}
			else if (c > 0x7f || UNUSUAL.indexOf(c) != -1) {
				kinds[c] = ALWAYS_UNUSUAL;
			}
		}
		return kinds;
	}

	/**
	 * Judges a target.
	 * @param target in origin form, each byte a character
	 * @return null if it is to be refused
	 */
	static @Nullable RequestTarget parse(String target) {
		int length = target.length();
		if (length == 0 || target.charAt(0) != '/' || (length > 1 && target.charAt(1) == '/')) {
			return null;
		}
		int end = target.indexOf('?');
		boolean unusual = false;
		int path = (end != -1) ? end : length;
		// Dots at the beginning of the segment so far, or -1 once it has anything else.
		int dots = 0;
		boolean parameters = false;
		for (int i = 1; i < path; i++) {
			int c = target.charAt(i);
			int kind = (c < KINDS.length) ? KINDS[c] : FORBIDDEN;
			if (kind == FORBIDDEN) {
				return null;
			}
			unusual |= kind != PLAIN;
			if (c == '%') {
				c = decode(target, i, path);
				if (c <= ' ' - 1 || c == 0x7f || c == '/' || c == '\\') {
					return null;
				}
				i += 2;
				// An encoded separator separates nothing.
				c = (c == ';') ? 'x' : c;
			}
			if (c == '/') {
				if (dots > 0) {
					return null;
				}
				dots = 0;
				parameters = false;
			}
			else if (c == ';') {
				parameters = true;
			}
			else if (!parameters) {
				dots = (c == '.' && dots >= 0 && dots < 2) ? dots + 1 : -1;
			}
		}
		if (dots > 0) {
			return null;
		}
		for (int i = path + 1; i < length; i++) {
			int c = target.charAt(i);
			int kind = (c < KINDS.length) ? KINDS[c] : FORBIDDEN;
			if (kind == FORBIDDEN && c != '\\') {
				return null;
			}
			unusual |= kind > PATH_ONLY_UNUSUAL || (c == '%' && decode(target, i, length) == -1);
		}
		return unusual ? unusual(target, path) : new RequestTarget(target, null);
	}

	/** The byte that is encoded at a position, or -1 if none is. */
	private static int decode(String target, int percent, int end) {
		if (percent + 2 >= end) {
			return -1;
		}
		int high = digit(target.charAt(percent + 1));
		int low = digit(target.charAt(percent + 2));
		return (high != -1 && low != -1) ? high * 16 + low : -1;
	}

	/** Other than {@link Character#digit}, ASCII only. */
	private static int digit(char c) {
		return (c < 0x80) ? Character.digit(c, 16) : -1;
	}

	private static @Nullable RequestTarget unusual(String target, int path) {
		byte[] bytes = target.getBytes(StandardCharsets.ISO_8859_1);
		try {
			// What is not UTF-8 could not be sent to the instance as it is.
			StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
			return new RequestTarget(encode(target, path), target);
		}
		catch (CharacterCodingException ex) {
			return null;
		}
	}

	private static String encode(String target, int path) {
		StringBuilder encoded = new StringBuilder(target.length() + 32);
		for (int i = 0; i < target.length(); i++) {
			char c = target.charAt(i);
			int kind = KINDS[c];
			boolean wrong = c == '%' && decode(target, i, target.length()) == -1;
			if (wrong || kind > PATH_ONLY_UNUSUAL || (kind == PATH_ONLY_UNUSUAL && i < path)) {
				encoded.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 0xf));
			}
			else {
				encoded.append(c);
			}
		}
		return encoded.toString();
	}

	/** A valid URI reference. */
	String encoded() {
		return encoded;
	}

	/**
	 * What the instance is to receive, each byte a character; null if that is the same.
	 */
	@Nullable String raw() {
		return raw;
	}

}
