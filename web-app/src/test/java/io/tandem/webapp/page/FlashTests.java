package io.tandem.webapp.page;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.http.ResponseCookie;
import org.springframework.mock.web.MockHttpServletRequest;

import static org.assertj.core.api.Assertions.assertThat;

class FlashTests {

	private final MockHttpServletRequest request = new MockHttpServletRequest();

	@Test
	void newLinkSurvivesTheWayThroughTheCookie() {
		Flash flash = new Flash("abc", "https://example.com/" + "x".repeat(2028), "k".repeat(43));
		ResponseCookie cookie = flash.cookie(this.request);
		assertThat(Flash.parse(cookie.getValue())).contains(flash);
		assertThat(cookie.toString()).hasSizeLessThan(4096).contains("HttpOnly", "SameSite=Lax", "Max-Age=60");
	}

	@Test
	void cookieIsSecureOverHttps() {
		this.request.setSecure(true);
		assertThat(Flash.expired(this.request).isSecure()).isTrue();
		assertThat(Flash.expired(this.request).getMaxAge()).isEqualTo(Duration.ZERO);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "abc", "abc\nhttps://example.com", "a\nhttps://example.com\n",
			"abc\njavascript:alert(1)\n", "abc\nhttps://example.com\n<b>", "<b>\nhttps://example.com\nkey" })
	void cookieThatWeDidNotWriteIsIgnored(String text) {
		assertThat(Flash.parse(text)).isEmpty();
		assertThat(Flash
			.parse(Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8))))
			.isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "PT1S, just now", "-PT5S, just now", "PT61S, 1 min ago", "PT3H, 3 h ago", "PT25H, yesterday",
			"P10D, 10 days ago" })
	void ageIsSaidInWords(Duration duration, String expected) {
		assertThat(LinkRow.age(duration)).isEqualTo(expected);
	}

}
