package io.tandem.gateway.trace;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

import org.jspecify.annotations.Nullable;

/**
 * The header {@code traceparent}, such as
 * {@code 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01}: version, trace, the
 * sender's span, and whether spans are to be exported.
 *
 * @see <a href="https://www.w3.org/TR/trace-context/">W3C Trace Context</a>
 */
final class TraceParent {

	private static final int TRACE = 3;

	private static final int SPAN = 36;

	private static final int FLAGS = 53;

	private static final int LENGTH = 55;

	private TraceParent() {
	}

	static String random(boolean sampled) {
		ThreadLocalRandom random = ThreadLocalRandom.current();
		HexFormat hex = HexFormat.of();
		// The low half of a trace and a span of zeros would be invalid.
		return "00-" + hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong() | 1) + '-'
				+ hex.toHexDigits(random.nextLong() | 1) + (sampled ? "-01" : "-00");
	}

	/** The trace of a header's value, null if the value is invalid. */
	static @Nullable String trace(CharSequence value) {
		return isValid(value) ? value.subSequence(TRACE, SPAN - 1).toString() : null;
	}

	static boolean isValid(CharSequence value) {
		if (value.length() < LENGTH || value.charAt(TRACE - 1) != '-' || value.charAt(SPAN - 1) != '-'
				|| value.charAt(FLAGS - 1) != '-') {
			return false;
		}
		return isVersion(value) && isId(value, TRACE, SPAN - 1) && isId(value, SPAN, FLAGS - 1)
				&& isHex(value, FLAGS, LENGTH);
	}

	/** Later versions than 00 may have more at the end, and there is no ff. */
	private static boolean isVersion(CharSequence value) {
		if (value.charAt(0) == '0' && value.charAt(1) == '0') {
			return value.length() == LENGTH;
		}
		return isHex(value, 0, TRACE - 1) && !(value.charAt(0) == 'f' && value.charAt(1) == 'f')
				&& (value.length() == LENGTH || value.charAt(LENGTH) == '-');
	}

	private static boolean isId(CharSequence value, int begin, int end) {
		return isHex(value, begin, end) && !isZero(value, begin, end);
	}

	/** Lower case only, as it has to be sent. */
	private static boolean isHex(CharSequence value, int begin, int end) {
		for (int i = begin; i < end; i++) {
			char digit = value.charAt(i);
			if (!(digit >= '0' && digit <= '9') && !(digit >= 'a' && digit <= 'f')) {
				return false;
			}
		}
		return true;
	}

	private static boolean isZero(CharSequence value, int begin, int end) {
		for (int i = begin; i < end; i++) {
			if (value.charAt(i) != '0') {
				return false;
			}
		}
		return true;
	}

}
