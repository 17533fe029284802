package io.tandem.dbrouter.consistency.web;

import io.tandem.dbrouter.consistency.ConsistencyContext;
import io.tandem.dbrouter.consistency.ThreadTokens;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * The token that came with one request and the one that goes with its response, if the
 * request has written something.
 */
final class TokenExchange {

	private final ThreadTokens tokens;

	private final TokenTransport transport;

	private final ConsistencyContext context;

	private final boolean secure;

	private final String path;

	/** How many additions to the context the token in the response covers. */
	private volatile int covered;

	TokenExchange(ThreadTokens tokens, TokenTransport transport, HttpServletRequest request) {
		this.tokens = tokens;
		this.transport = transport;
		this.context = tokens.contextOf(transport.read(request));
		this.secure = request.isSecure();
		this.path = request.getContextPath() + "/";
	}

	ConsistencyContext context() {
		return this.context;
	}

	/** Called before everything that may send the head of the response. */
	void beforeSending(HttpServletResponse response) {
		if (this.context.additions() != this.covered && !response.isCommitted()) {
			write(response);
		}
	}

	private synchronized void write(HttpServletResponse response) {
		int additions = this.context.additions();
		if (additions != this.covered) {
			this.tokens.tokenOf(this.context).ifPresent((token) -> write(response, token));
			this.covered = additions;
		}
	}

	private void write(HttpServletResponse response, String token) {
		if (this.transport.header() != null) {
			response.setHeader(this.transport.header(), token);
		}
		if (this.transport.cookie() != null) {
			Cookie cookie = new Cookie(this.transport.cookie(), token);
			cookie.setPath(this.path);
			cookie.setHttpOnly(true);
			cookie.setSecure(this.secure);
			cookie.setAttribute("SameSite", "Lax");
			// Rounded up: the token itself knows when it ends.
			cookie.setMaxAge((int) Math.min(this.tokens.ttl().toSeconds() + 1, Integer.MAX_VALUE));
			response.addCookie(cookie);
		}
	}

	/** The head of the response was thrown away. */
	void reset() {
		this.covered = 0;
	}

	/** Whether something was written that the response does not tell. */
	boolean isLate() {
		return this.context.additions() != this.covered;
	}

}
