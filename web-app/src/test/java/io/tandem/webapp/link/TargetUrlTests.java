package io.tandem.webapp.link;

import java.net.URI;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class TargetUrlTests {

	@ParameterizedTest
	@ValueSource(strings = { "http://example.com", "https://example.com/", "HTTPS://Example.COM/A?b=c&d=%20#e",
			"http://localhost:8080/x", "http://127.0.0.1/", "http://[::1]:8080/", "https://example.com?q=[1]",
			"https://example.com/a/../b//c" })
	void acceptedUrlStaysAsItIs(String url) {
		assertThat(TargetUrl.parse(url)).hasToString(url);
	}

	@ParameterizedTest
	@CsvSource(delimiterString = " -> ",
			value = { "https://example.com/a|b -> https://example.com/a%7Cb",
					"https://example.com/?q={x} -> https://example.com/?q=%7Bx%7D",
					"https://example.com/straße -> https://example.com/stra%C3%9Fe",
					"https://bücher.example:8443/x -> https://xn--bcher-kva.example:8443/x",
					"https://example.com/😀 -> https://example.com/%F0%9F%98%80" })
	void whatBrowsersWouldEscapeIsEscaped(String url, String expected) {
		assertThat(TargetUrl.parse(url)).hasToString(expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "javascript:alert(1)", "data:text/html,x", "ftp://example.com/", "file:///etc/passwd",
			"//example.com/", "/relative", "example.com", "mailto:a@example.com", "http:example.com", "https:/x" })
	void otherSchemesAndRelativeUrlsAreRefused(String url) {
		assertThatIllegalArgumentException().isThrownBy(() -> TargetUrl.parse(url))
			.withMessageContaining("Only absolute http:// and https:// URLs");
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://user:secret@example.com/", "https://user@example.com", "https://@example.com/",
			"https://good.example%40@evil.example/" })
	void credentialsAreRefused(String url) {
		assertThatIllegalArgumentException().isThrownBy(() -> TargetUrl.parse(url))
			.withMessageContaining("credentials");
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://example.com/a b", "https://example.com/\r\nSet-Cookie:x=y",
			"https://example.com/\u0000", "https://example.com/\u00a0", "https://example.com/\u202egpj.exe",
			" https://example.com/", "https://example.com/\t", "https://example.com/\u200b" })
	void invisibleCharactersAreRefused(String url) {
		assertThatIllegalArgumentException().isThrownBy(() -> TargetUrl.parse(url)).withMessageContaining("invisible");
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://", "http:///path", "https://?q", "https://:8080/", "https://exa_mple.com/",
			"https://example.com:99999/", "https://example.com:port/", "https://-x.example/", "https://exa%6dple.com" })
	void urlWithoutValidHostOrPortIsRefused(String url) {
		assertThatIllegalArgumentException().isThrownBy(() -> TargetUrl.parse(url));
	}

	@Test
	void backslashIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> TargetUrl.parse("https://good.example\\@evil.example/"))
			.withMessageContaining("backslash");
	}

	@Test
	void lengthIsLimitedBeforeAndAfterEscaping() {
		String longest = "https://example.com/" + "a".repeat(2048 - 20);
		assertThat(TargetUrl.parse(longest).toString()).hasSize(2048);
		assertThatIllegalArgumentException().isThrownBy(() -> TargetUrl.parse(longest + "a"))
			.withMessageContaining("2,048");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> TargetUrl.parse("https://example.com/" + "|".repeat(2000)))
			.withMessageContaining("2,048");
	}

	@Test
	void emptyUrlIsRefusedWithAnInvitation() {
		assertThatIllegalArgumentException().isThrownBy(() -> TargetUrl.parse(""))
			.withMessage("Give the URL that the short link leads to.");
	}

	@Test
	void ownAddressIsRecognisedWithAndWithoutItsDefaultPort() {
		assertThat(TargetUrl.parse("http://LOCALHOST:8080/abc").leadsTo(URI.create("http://localhost:8080"))).isTrue();
		assertThat(TargetUrl.parse("http://short.example/abc").leadsTo(URI.create("http://short.example:80"))).isTrue();
		assertThat(TargetUrl.parse("https://short.example/").leadsTo(URI.create("https://short.example"))).isTrue();
		assertThat(TargetUrl.parse("http://localhost:3000/").leadsTo(URI.create("http://localhost:8080"))).isFalse();
	}

}
