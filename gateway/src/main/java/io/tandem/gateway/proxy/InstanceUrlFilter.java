package io.tandem.gateway.proxy;

import java.net.URI;

import reactor.core.publisher.Mono;

import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.filter.ReactiveLoadBalancerClientFilter;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;

/**
 * Replaces the {@code lb://} address by the one of the chosen instance, leaving path and
 * query as the client wrote them.
 */
final class InstanceUrlFilter implements GlobalFilter, Ordered {

	@Override
	public int getOrder() {
		return ReactiveLoadBalancerClientFilter.LOAD_BALANCER_CLIENT_FILTER_ORDER;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		Attempt attempt = Attempt.of(exchange);
		if (attempt != null) {
			exchange.getAttributes()
				.put(ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR,
						url(attempt.instance().uri(), exchange.getRequest().getURI()));
			// Applications that ignore forwarded headers see the client's host all the
			// same.
			exchange.getAttributes().put(ServerWebExchangeUtils.PRESERVE_HOST_HEADER_ATTRIBUTE, true);
		}
		return chain.filter(exchange);
	}

	static URI url(URI instance, URI request) {
		String query = request.getRawQuery();
		return URI.create(instance + request.getRawPath() + ((query != null) ? "?" + query : ""));
	}

}
