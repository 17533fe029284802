package io.tandem.gateway.proxy;

import io.netty.channel.Channel;
import io.tandem.gateway.balance.Balancer;
import io.tandem.gateway.balance.Dispatch;
import io.tandem.gateway.balance.Failure;
import reactor.core.publisher.Mono;
import reactor.netty.FutureMono;

import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.filter.NettyWriteResponseFilter;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.core.Ordered;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.server.ServerWebExchange;

/**
 * Sends the requests of {@code lb://} routes to the instances that the balancer chooses,
 * again to another one where it says so.
 * <p>
 * It encloses the filter that writes the response, so that it also sees an instance that
 * fails between the headers and the first byte of the body, when the client has received
 * nothing yet.
 */
final class BalancingFilter implements GlobalFilter, Ordered {

	private final Balancer balancer;

	BalancingFilter(Balancer balancer) {
		this.balancer = balancer;
	}

	@Override
	public int getOrder() {
		return NettyWriteResponseFilter.WRITE_RESPONSE_FILTER_ORDER - 1;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		Route route = exchange.getRequiredAttribute(ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR);
		if (!"lb".equals(route.getUri().getScheme())) {
			return chain.filter(exchange);
		}
		ForwardedRequest request = new ForwardedRequest(exchange.getRequest());
		Dispatch dispatch = balancer.dispatch(request.toBalance(balancer.hasStickySessions()));
		if (dispatch == null) {
			return Mono.error(Refusals.allInMaintenance());
		}
		if (balancer.hasStickySessions()) {
			StickyCookie.addTo(exchange, dispatch);
		}
		return attempt(exchange.mutate().request(request).build(), request, dispatch, chain)
			.doFinally((signal) -> dispatch.close());
	}

	private Mono<Void> attempt(ServerWebExchange exchange, ForwardedRequest request, Dispatch dispatch,
			GatewayFilterChain chain) {
		new Attempt(dispatch.instance(), dispatch.isRetry(), dispatch.hasAlternative(), request.isBodyless())
			.attachTo(exchange);
		return chain.filter(exchange)
			.doOnSuccess((ignored) -> dispatch.answered(status(exchange)))
			.onErrorResume((error) -> afterFailure(error, exchange, request, dispatch, chain));
	}

	private static int status(ServerWebExchange exchange) {
		HttpStatusCode status = exchange.getResponse().getStatusCode();
		return (status != null) ? status.value() : 0;
	}

	private Mono<Void> afterFailure(Throwable error, ServerWebExchange exchange, ForwardedRequest request,
			Dispatch dispatch, GatewayFilterChain chain) {
		if (exchange.getResponse().isCommitted()) {
			return breakOff(error, request, dispatch);
		}
		Failure failure = Failures.classify(error);
		if (failure == null) {
			return Mono.error(error);
		}
		ServerWebExchangeUtils.reset(exchange);
		if (dispatch.failed(failure, request.isUntouched())) {
			return attempt(exchange, request, dispatch, chain);
		}
		return Mono.error(Refusals.problem(dispatch));
	}

	/**
	 * Ends a response whose rest will never come so that it cannot look complete. Left to
	 * Spring, a reset by the instance would pass for one by the client: the last chunk
	 * would be sent, or the connection left open.
	 */
	private static Mono<Void> breakOff(Throwable error, ForwardedRequest request, Dispatch dispatch) {
		Channel client = request.clientChannel();
		if (!client.isActive()) {
			return Mono.error(error);
		}
		Failure failure = Failures.classify(error);
		dispatch.failed((failure != null) ? failure : Failure.BROKEN, false);
		return FutureMono.from(client.close());
	}

}
