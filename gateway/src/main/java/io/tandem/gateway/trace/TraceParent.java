package io.tandem.gateway.trace;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;

import io.netty.util.AsciiString;
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

	private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

	private static final byte[] SAMPLED = blank("01");

	private static final byte[] NOT_SAMPLED = blank("00");

	private TraceParent() {
	}

	/** In one piece: each request without one gets it. */
	static AsciiString random(boolean sampled) {
		ThreadLocalRandom random = ThreadLocalRandom.current();
		byte[] text = (sampled ? SAMPLED : NOT_SAMPLED).clone();
		// The low half of a trace and a span of zeros would be invalid.
		writeHex(random.nextLong(), text, TRACE);
		writeHex(random.nextLong() | 1, text, TRACE + Long.BYTES * 2);
		writeHex(random.nextLong() | 1, text, SPAN);
		return new AsciiString(text, false);
	}

	private static void writeHex(long value, byte[] text, int begin) {
		for (int i = 0; i < Long.BYTES * 2; i++) {
			text[begin + i] = DIGITS[(int) (value >>> (60 - 4 * i)) & 0xf];
		}
	}

	private static byte[] blank(String flags) {
		return ("00-" + "0".repeat(32) + '-' + "0".repeat(16) + '-' + flags).getBytes(StandardCharsets.US_ASCII);
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
