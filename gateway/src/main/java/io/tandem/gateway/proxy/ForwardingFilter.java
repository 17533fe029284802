package io.tandem.gateway.proxy;

import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Forwards the requests of {@code lb://} routes. The last filter of the chain: it does
 * what takes Spring Cloud Gateway five, and passes on the exchanges of other routes.
 */
final class ForwardingFilter implements GlobalFilter, Ordered {

	private final Forwarder forwarder;

	ForwardingFilter(Forwarder forwarder) {
		this.forwarder = forwarder;
	}

	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE - 1;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		Route route = exchange.getRequiredAttribute(ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR);
		if (!"lb".equals(route.getUri().getScheme())) {
			return chain.filter(exchange);
		}
		return forwarder.forward(new ExchangeClient(exchange));
	}

}
