package io.tandem.webapp.link;

import java.net.URI;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class NewLinkTests {

	private static final URI OWN = URI.create("http://localhost:8080");

	@Test
	void codeIsOptional() {
		assertThat(wish("https://example.com", null).code()).isNull();
		assertThat(wish("https://example.com", "").code()).isNull();
		assertThat(wish("https://example.com", "abc").code()).isEqualTo(new ShortCode("abc"));
	}

	@Test
	void allFaultsAreNamedAtOnce() {
		assertThatExceptionOfType(InvalidLinkException.class).isThrownBy(() -> wish(null, "a"))
			.satisfies((ex) -> assertThat(ex.faults()).extracting(InvalidLinkException.Fault::field)
				.containsExactly("url", "code"));
	}

	@Test
	void reservedCodeIsRefused() {
		assertThatExceptionOfType(InvalidLinkException.class).isThrownBy(() -> wish("https://example.com", "Actuator"))
			.withMessageContaining("reserved");
	}

	@Test
	void linkToTheShortenerItselfIsRefused() {
		assertThatExceptionOfType(InvalidLinkException.class).isThrownBy(() -> wish("http://localhost:8080/abc", null))
			.withMessageContaining("itself");
	}

	@Test
	void hashTellsWishesApart() {
		NewLink wish = wish("https://example.com", "abc");
		assertThat(wish.hash()).isEqualTo(wish("https://example.com", "abc").hash())
			.isNotEqualTo(wish("https://example.com", null).hash())
			.isNotEqualTo(wish("https://example.org", "abc").hash());
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "a b", "ä", "a\n" })
	void idempotencyKeyIsVisibleAscii(String value) {
		assertThatIllegalArgumentException().isThrownBy(() -> new IdempotencyKey(value));
		assertThatIllegalArgumentException().isThrownBy(() -> new IdempotencyKey("a".repeat(256)));
	}

	@Test
	void cursorReturnsToWhereItCameFrom() {
		LinkCursor cursor = new LinkCursor(123456789L);
		assertThat(LinkCursor.parse(cursor.toString())).isEqualTo(cursor);
		assertThat(LinkCursor.parse(null).id()).isEqualTo(Long.MAX_VALUE);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "-1", "1 or 1=1", "zzzzzzzzzzzzzz", "A" })
	void cursorThatNoListGaveOutIsRefused(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> LinkCursor.parse(text)).withMessageContaining("next");
	}

	private static NewLink wish(@Nullable String url, @Nullable String code) {
		return NewLink.of(url, code, null, OWN);
	}

}
