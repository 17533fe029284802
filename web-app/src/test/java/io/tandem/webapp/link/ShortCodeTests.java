package io.tandem.webapp.link;

import java.security.SecureRandom;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ShortCodeTests {

	@ParameterizedTest
	@ValueSource(strings = { "abc", "A-_", "0123456789abcdefghijklmnopqrstuv", "---" })
	void codeHasThreeToThirtyTwoLettersDigitsUnderscoresAndHyphens(String value) {
		assertThat(new ShortCode(value)).hasToString(value);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "ab", "0123456789abcdefghijklmnopqrstuvw", "a.b", "a/b", "ä-b", "abc\n", "a b" })
	void anythingElseIsNoCode(String value) {
		assertThatIllegalArgumentException().isThrownBy(() -> new ShortCode(value))
			.withMessageContaining("3 to 32 characters");
	}

	@ParameterizedTest
	@ValueSource(strings = { "api", "API", "actuator", "Error", "favicon", "robots", "well-known" })
	void pathsOfTheApplicationAreReservedInAnyCase(String value) {
		assertThat(new ShortCode(value).isReserved()).isTrue();
	}

	@Test
	void otherCodesAreNotReserved() {
		assertThat(new ShortCode("apis").isReserved()).isFalse();
	}

	@Test
	void randomCodesHaveSevenLettersAndDigitsAndDiffer() {
		SecureRandom random = new SecureRandom();
		assertThat(IntStream.range(0, 1000).mapToObj((i) -> ShortCode.random(random).value())).doesNotHaveDuplicates()
			.allMatch((value) -> value.matches("[0-9A-Za-z]{7}"));
	}

}
