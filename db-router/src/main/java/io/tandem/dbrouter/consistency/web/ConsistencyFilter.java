package io.tandem.dbrouter.consistency.web;

import java.io.IOException;

import io.tandem.dbrouter.ConsistencyTokens.Scope;
import io.tandem.dbrouter.consistency.ConsistencyContexts;
import io.tandem.dbrouter.consistency.ConsistencyListener;
import io.tandem.dbrouter.consistency.ThreadTokens;
import io.tandem.dbrouter.consistency.TokenOutcome;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/**
 * Makes each request a unit of work that sees what its client has written, and gives the
 * client a token of what the request has written. Asynchronous and error dispatches
 * belong to their request.
 */
public final class ConsistencyFilter implements Filter {

	private static final String EXCHANGE = ConsistencyFilter.class.getName() + ".exchange";

	private final ConsistencyContexts contexts;

	private final ThreadTokens tokens;

	private final TokenTransport transport;

	private final ConsistencyListener listener;

	/**
	 * Creates the filter.
	 * @param contexts the contexts of the threads
	 * @param tokens makes and reads tokens
	 * @param transport where the tokens are
	 * @param listener hears of tokens that were made too late
	 */
	public ConsistencyFilter(ConsistencyContexts contexts, ThreadTokens tokens, TokenTransport transport,
			ConsistencyListener listener) {
		this.contexts = contexts;
		this.tokens = tokens;
		this.transport = transport;
		this.listener = listener;
	}

	@Override
	public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		if (request instanceof HttpServletRequest httpRequest && response instanceof HttpServletResponse httpResponse) {
			TokenExchange exchange = exchangeOf(request);
			if (exchange == null) {
				exchange = new TokenExchange(this.tokens, this.transport, httpRequest);
				request.setAttribute(EXCHANGE, exchange);
			}
			filter(exchange, httpRequest, httpResponse, chain);
		}
		else {
			chain.doFilter(request, response);
		}
	}

	private void filter(TokenExchange exchange, HttpServletRequest request, HttpServletResponse response,
			FilterChain chain) throws IOException, ServletException {
		TokenResponse tokenResponse = new TokenResponse(response, exchange);
		Scope scope = this.contexts.open(exchange.context());
		try {
			chain.doFilter(request, tokenResponse);
		}
		finally {
			scope.close();
		}
		if (!request.isAsyncStarted()) {
			tokenResponse.beforeSending();
			if (exchange.isLate()) {
				this.listener.token(TokenOutcome.LATE);
			}
		}
	}

	static @Nullable TokenExchange exchangeOf(ServletRequest request) {
		return (TokenExchange) request.getAttribute(EXCHANGE);
	}

}
