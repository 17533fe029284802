package io.tandem.dbrouter.consistency.web;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * Where tokens are in requests and responses.
 *
 * @param header the name of the header, {@code null} for none
 * @param cookie the name of the cookie, {@code null} for none
 */
public record TokenTransport(@Nullable String header, @Nullable String cookie) {

	/** The header wins: it was set by the caller, the cookie by its browser. */
	@Nullable String read(HttpServletRequest request) {
		String token = (this.header != null) ? request.getHeader(this.header) : null;
		if (token != null && !token.isEmpty()) {
			return token;
		}
		Cookie[] cookies = (this.cookie != null) ? request.getCookies() : null;
		if (cookies != null) {
			for (Cookie candidate : cookies) {
				if (candidate.getName().equals(this.cookie)) {
					return candidate.getValue();
				}
			}
		}
		return null;
	}

}
