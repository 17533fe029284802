package io.tandem.gateway.proxy;

import io.tandem.gateway.balance.Instance;
import org.jspecify.annotations.Nullable;

import org.springframework.web.server.ServerWebExchange;

/**
 * What the filters further down need to know of the attempt under way.
 *
 * @param retry whether it repeats a failed one and needs a connection of its own
 * @param impatient whether another instance would be asked after a time-out
 * @param bodyless whether the request carries no body
 */
record Attempt(Instance instance, boolean retry, boolean impatient, boolean bodyless) {

	private static final String ATTRIBUTE = Attempt.class.getName();

	static @Nullable Attempt of(ServerWebExchange exchange) {
		return exchange.getAttribute(ATTRIBUTE);
	}

	void attachTo(ServerWebExchange exchange) {
		exchange.getAttributes().put(ATTRIBUTE, this);
	}

}
