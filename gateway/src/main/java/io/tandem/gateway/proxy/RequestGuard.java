package io.tandem.gateway.proxy;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import reactor.core.publisher.Mono;

import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ServerWebExchange;

/**
 * Refuses what no instance should see: methods that address the proxy itself, and
 * requests that do not say plainly which host they are for.
 */
final class RequestGuard implements GlobalFilter, Ordered {

	static final Set<HttpMethod> METHODS = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.POST, HttpMethod.PUT,
			HttpMethod.PATCH, HttpMethod.DELETE, HttpMethod.OPTIONS);

	/** A name, an IPv4 address or an IPv6 address in brackets, and perhaps a port. */
	private static final Pattern HOST = Pattern
		.compile("(?:[A-Za-z0-9._-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}])(?::[0-9]{1,5})?");

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		HttpMethod method = exchange.getRequest().getMethod();
		if (!METHODS.contains(method)) {
			return Mono.error(new Problem(HttpStatus.METHOD_NOT_ALLOWED, "method-not-allowed",
					"The method " + method + " is not supported here."));
		}
		List<String> hosts = exchange.getRequest().getHeaders().getOrEmpty(HttpHeaders.HOST);
		if (hosts.size() != 1) {
			return Mono.error(new Problem(HttpStatus.BAD_REQUEST, "bad-host",
					"A request needs exactly one Host header; this one has " + hosts.size() + "."));
		}
		if (!HOST.matcher(hosts.getFirst()).matches()) {
			return Mono.error(new Problem(HttpStatus.BAD_REQUEST, "bad-host",
					"The Host header is neither a name nor an address with an optional port."));
		}
		return chain.filter(exchange);
	}

}
