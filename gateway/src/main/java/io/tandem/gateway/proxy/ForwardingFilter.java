package io.tandem.gateway.proxy;

import java.util.List;

import io.tandem.gateway.balance.Balancer;
import io.tandem.gateway.upstream.Upstream;
import io.tandem.gateway.upstream.UpstreamProperties;
import reactor.core.publisher.Mono;

import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.core.Ordered;
import org.springframework.http.MediaType;
import org.springframework.web.server.ServerWebExchange;

/**
 * Carries the requests of {@code lb://} routes to the instances that the balancer chooses
 * and their answers back. The last filter of the chain: it does what takes Spring Cloud
 * Gateway five, and passes on the exchanges of other routes.
 */
final class ForwardingFilter implements GlobalFilter, Ordered {

	private final Balancer balancer;

	private final Upstream upstream;

	private final UpstreamProperties limits;

	private final List<MediaType> streamingTypes;

	/**
	 * Creates the filter.
	 * @param streamingTypes answers of these types are passed on without delay
	 */
	ForwardingFilter(Balancer balancer, Upstream upstream, UpstreamProperties limits, List<MediaType> streamingTypes) {
		this.balancer = balancer;
		this.upstream = upstream;
		this.limits = limits;
		this.streamingTypes = List.copyOf(streamingTypes);
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
		return new Forwarding(this, exchange);
	}

	Balancer balancer() {
		return balancer;
	}

	Upstream upstream() {
		return upstream;
	}

	UpstreamProperties limits() {
		return limits;
	}

	List<MediaType> streamingTypes() {
		return streamingTypes;
	}

}
