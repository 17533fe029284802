package io.tandem.gateway.upstream;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class VocabularyTests {

	private final Vocabulary vocabulary = new Vocabulary();

	@Test
	void wordIsMadeOnce() {
		CharSequence first = word("Content-Type");
		assertThat(word("Server")).isNotSameAs(first);
		assertThat(word("Content-Type")).isSameAs(first);
		assertThat(word("content-type")).isNotSameAs(first);
	}

	@Test
	void wordsThatHaveNoRoomAreStillTheRightOnes() {
		for (int round = 0; round < 3; round++) {
			for (int i = 0; i < 5000; i++) {
				assertThat(word("X-" + i).toString()).isEqualTo("X-" + i);
			}
		}
	}

	@Test
	void twoWordsWithOnePlaceAreBothKept() {
		// 31 * 'A' + 'a' is 31 * 'B' + 'B'.
		CharSequence first = word("Aa");
		CharSequence second = word("BB");
		assertThat(word("Aa")).isSameAs(first);
		assertThat(word("BB")).isSameAs(second);
	}

	@Test
	void longWordIsNotKept() {
		String text = "x".repeat(41);
		assertThat(word(text)).hasToString(text).isNotSameAs(word(text));
	}

	/** From the middle of other bytes. */
	private CharSequence word(String text) {
		return vocabulary.word((": " + text + ": ").getBytes(StandardCharsets.US_ASCII), 2, text.length());
	}

}
