package io.tandem.gateway.management;

import java.net.InetSocketAddress;
import java.security.Principal;

import io.tandem.gateway.control.Actor;
import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Notes who sent a request, and from where, for {@link Actors}.
 */
final class ActorFilter implements WebFilter, Ordered {

	/** After Spring Security's filter, which knows the name. */
	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		return exchange.getPrincipal()
			.map(Principal::getName)
			.defaultIfEmpty("nobody")
			.flatMap((name) -> chain.filter(exchange)
				.contextWrite((context) -> context.put(Actor.class, new Actor(name, address(exchange)))));
	}

	static String address(ServerWebExchange exchange) {
		InetSocketAddress remote = exchange.getRequest().getRemoteAddress();
		return (remote != null) ? remote.getAddress().getHostAddress() + ":" + remote.getPort() : "an unknown address";
	}

}
