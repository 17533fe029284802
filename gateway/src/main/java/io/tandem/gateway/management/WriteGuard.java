package io.tandem.gateway.management;

import java.net.URI;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Refuses changes that nobody could be held responsible for: while no password is set,
 * and when a page of another site makes a browser send them with its stored password.
 */
final class WriteGuard implements WebFilter, Ordered {

	private final boolean changeable;

	private final JsonMapper json;

	WriteGuard(boolean changeable, JsonMapper json) {
		this.changeable = changeable;
		this.json = json;
	}

	/**
	 * Before Spring Security, which could only ask for a password that does not exist.
	 */
	@Override
	public int getOrder() {
		return -200;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		ServerHttpRequest request = exchange.getRequest();
		if (HttpMethod.GET.equals(request.getMethod()) || HttpMethod.HEAD.equals(request.getMethod())) {
			return chain.filter(exchange);
		}
		if (!changeable) {
			return refuse(exchange, "Changes are switched off because there is no password. "
					+ "Set tandem.gateway.admin.password, the same in every gateway, and restart.");
		}
		if (!isSameOrigin(request)) {
			return refuse(exchange, "A page of another site made this request.");
		}
		return chain.filter(exchange);
	}

	private static boolean isSameOrigin(ServerHttpRequest request) {
		String origin = request.getHeaders().getFirst(HttpHeaders.ORIGIN);
		String host = request.getHeaders().getFirst(HttpHeaders.HOST);
		return origin == null || (host != null && host.equalsIgnoreCase(authority(origin)));
	}

	private static @Nullable String authority(String origin) {
		try {
			return URI.create(origin).getAuthority();
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	private Mono<Void> refuse(ServerWebExchange exchange, String detail) {
		return Refusal.write(exchange.getResponse(), HttpStatus.FORBIDDEN, detail, json);
	}

}
