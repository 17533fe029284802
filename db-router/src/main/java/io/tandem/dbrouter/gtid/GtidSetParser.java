package io.tandem.dbrouter.gtid;

import java.util.Locale;
import java.util.SortedMap;

/**
 * Reads the text of a GTID set as the MySQL manual defines it ("GTID Sets"): after the
 * UUID come intervals and tags, and a tag holds for the intervals up to the next one.
 */
final class GtidSetParser {

	private static final int UUID_LENGTH = 36;

	private static final int LONGEST_TAG = 32;

	/** MySQL's numbers end here. */
	private static final long LAST_NUMBER = Long.MAX_VALUE - 1;

	private final String text;

	private int position;

	private final GtidRuns runs = new GtidRuns();

	GtidSetParser(String text) {
		this.text = text;
	}

	SortedMap<GtidSource, long[]> parse() {
		do {
			skipBlanks();
			if (this.position < this.text.length() && this.text.charAt(this.position) != ',') {
				server();
			}
		}
		while (accept(','));
		if (this.position < this.text.length()) {
			throw malformed("a comma is missing");
		}
		return this.runs.merged();
	}

	private void server() {
		if (this.text.length() - this.position < UUID_LENGTH) {
			throw malformed("a UUID is missing");
		}
		long high = (hex(8) << 16 | dashed(4)) << 16 | dashed(4);
		long low = dashed(4) << 48 | dashed(12);
		String tag = "";
		boolean complete = false;
		skipBlanks();
		while (accept(':')) {
			skipBlanks();
			complete = isDigit(peek());
			if (complete) {
				interval(new GtidSource(high, low, tag));
			}
			else {
				tag = tag();
			}
			skipBlanks();
		}
		if (!complete) {
			throw malformed("an interval is missing");
		}
	}

	private void interval(GtidSource source) {
		long first = number();
		long last = first;
		skipBlanks();
		if (accept('-')) {
			skipBlanks();
			last = number();
		}
		if (first == 0 || last < first) {
			throw malformed("the interval is empty");
		}
		this.runs.add(source, first, last);
	}

	private long number() {
		long number = 0;
		int start = this.position;
		while (isDigit(peek())) {
			number = number * 10 + (peek() - '0');
			this.position++;
			if (number < 0 || this.position - start > 19) {
				throw malformed("the number is too large");
			}
		}
		if (this.position == start || number > LAST_NUMBER) {
			throw malformed("it is no transaction number");
		}
		return number;
	}

	private String tag() {
		int start = this.position;
		while (isLetter(peek()) || (this.position > start && isDigit(peek()))) {
			this.position++;
		}
		if (this.position == start || this.position - start > LONGEST_TAG) {
			throw malformed("it is neither a number nor a tag");
		}
		return this.text.substring(start, this.position).toLowerCase(Locale.ROOT);
	}

	private long dashed(int digits) {
		if (!accept('-')) {
			throw malformed("it is no UUID");
		}
		return hex(digits);
	}

	private long hex(int digits) {
		long value = 0;
		for (int i = 0; i < digits; i++) {
			char character = peek();
			int digit = (character < 128) ? Character.digit(character, 16) : -1;
			if (digit < 0) {
				throw malformed("it is no UUID");
			}
			value = value << 4 | digit;
			this.position++;
		}
		return value;
	}

	private boolean accept(char character) {
		if (peek() == character) {
			this.position++;
			return true;
		}
		return false;
	}

	private void skipBlanks() {
		while (isBlank(peek())) {
			this.position++;
		}
	}

	/** The next character, NUL at the end. */
	private char peek() {
		return (this.position < this.text.length()) ? this.text.charAt(this.position) : 0;
	}

	private static boolean isBlank(char character) {
		return character == ' ' || (character >= '\t' && character <= '\r');
	}

	private static boolean isDigit(char character) {
		return character >= '0' && character <= '9';
	}

	private static boolean isLetter(char character) {
		return character == '_' || (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z');
	}

	private IllegalArgumentException malformed(String why) {
		return new IllegalArgumentException("Not a GTID set at character " + this.position + ": " + why);
	}

}
