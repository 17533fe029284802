package io.tandem.gateway.proxy;

import java.time.Duration;

import io.tandem.gateway.balance.StickySessions;

import org.springframework.http.ResponseCookie;

/**
 * Gives clients the cookie that brings them back to their instance, once it is known
 * which one answered.
 */
final class StickyCookie {

	private StickyCookie() {
	}

	/** Ends with the browser session, like what it protects. */
	static ResponseCookie of(String token, boolean secure) {
		return ResponseCookie.from(StickySessions.COOKIE, token)
			.path("/")
			.httpOnly(true)
			.sameSite("Lax")
			.secure(secure)
			.maxAge(Duration.ofSeconds(-1))
			.build();
	}

}
