package io.tandem.gateway.proxy;

import java.time.Duration;

import io.tandem.gateway.balance.Dispatch;
import io.tandem.gateway.balance.StickySessions;
import reactor.core.publisher.Mono;

import org.springframework.http.ResponseCookie;
import org.springframework.web.server.ServerWebExchange;

/**
 * Gives clients the cookie that brings them back to their instance, once it is known
 * which one answered.
 */
final class StickyCookie {

	private StickyCookie() {
	}

	static void addTo(ServerWebExchange exchange, Dispatch dispatch) {
		exchange.getResponse().beforeCommit(() -> Mono.fromRunnable(() -> {
			String token = dispatch.newStickyToken();
			if (token != null) {
				exchange.getResponse().addCookie(cookie(token, exchange.getRequest().getSslInfo() != null));
			}
		}));
	}

	/** Ends with the browser session, like what it protects. */
	private static ResponseCookie cookie(String token, boolean secure) {
		return ResponseCookie.from(StickySessions.COOKIE, token)
			.path("/")
			.httpOnly(true)
			.sameSite("Lax")
			.secure(secure)
			.maxAge(Duration.ofSeconds(-1))
			.build();
	}

}
