package io.tandem.webapp.http;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.mock.web.MockHttpServletRequest;

import static org.assertj.core.api.Assertions.assertThat;

class SameOriginTests {

	private final MockHttpServletRequest request = new MockHttpServletRequest("POST", "/");

	SameOriginTests() {
		this.request.setServerName("short.example");
		this.request.setServerPort(8080);
	}

	@ParameterizedTest
	@ValueSource(strings = { "cross-site", "same-site", "anything" })
	void otherSitesPageIsForgery(String site) {
		this.request.addHeader("Sec-Fetch-Site", site);
		this.request.addHeader("Origin", "http://short.example:8080");
		assertThat(SameOrigin.isForged(this.request)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "same-origin", "none" })
	void ownPageIsNoForgery(String site) {
		this.request.addHeader("Sec-Fetch-Site", site);
		assertThat(SameOrigin.isForged(this.request)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://evil.example", "null", "https://short.example:8080", "http://short.example" })
	void originDecidesWhereTheBrowserSaysNothingElse(String origin) {
		this.request.addHeader("Origin", origin);
		assertThat(SameOrigin.isForged(this.request)).isTrue();
	}

	@Test
	void ownOriginAndClientsThatAreNoBrowsersAreNoForgery() {
		assertThat(SameOrigin.isForged(this.request)).isFalse();
		this.request.addHeader("Origin", "http://short.example:8080");
		assertThat(SameOrigin.isForged(this.request)).isFalse();
	}

	@Test
	void publicAddressLeavesOutThePortOfTheScheme() {
		assertThat(PublicAddress.of(this.request).shortUrl("abc")).hasToString("http://short.example:8080/abc");
		this.request.setScheme("https");
		this.request.setServerPort(443);
		assertThat(PublicAddress.of(this.request).shortUrl("abc")).hasToString("https://short.example/abc");
	}

}
