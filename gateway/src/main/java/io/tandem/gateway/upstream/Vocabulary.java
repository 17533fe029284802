package io.tandem.gateway.upstream;

import java.util.Arrays;

import io.netty.util.AsciiString;

/**
 * Words that come in the heads of nearly all answers, kept so that not each answer makes
 * them anew. Confined to an event loop.
 */
final class Vocabulary {

	/** A power of two. */
	private static final int SIZE = 256;

	private static final int LONGEST = 40;

	/** Each word has two places next to each other. */
	private final AsciiString[] known = new AsciiString[SIZE];

	Vocabulary() {
		Arrays.fill(known, AsciiString.EMPTY_STRING);
	}

	/** These bytes as a word, which remembers its hash and its {@code toString()}. */
	AsciiString word(byte[] bytes, int start, int length) {
		if (length > LONGEST) {
			return new AsciiString(bytes, start, length, true);
		}
		int first = place(bytes, start, length);
		int second = first ^ 1;
		AsciiString word = known[first];
		if (isThat(word, bytes, start, length)) {
			return word;
		}
		AsciiString other = known[second];
		if (isThat(other, bytes, start, length)) {
			return other;
		}
		AsciiString unknown = new AsciiString(bytes, start, length, true);
		known[word.isEmpty() ? first : second] = unknown;
		return unknown;
	}

	private static boolean isThat(AsciiString word, byte[] bytes, int start, int length) {
		return Arrays.equals(word.array(), 0, word.length(), bytes, start, start + length);
	}

	private static int place(byte[] bytes, int start, int length) {
		int hash = 0;
		for (int i = start; i < start + length; i++) {
			hash = 31 * hash + bytes[i];
		}
		return hash & (SIZE - 1);
	}

}
