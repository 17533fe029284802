package io.tandem.gateway.management;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.tandem.gateway.control.AuditLog;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Bounds how often an address may try wrong passwords: {@value #BURST} times at once,
 * then once a second, until then 429, be the password right or wrong. Other addresses
 * notice nothing. A peer with a wrong password, which tries every two seconds, shuts
 * nobody out. Failures are audited, as far as {@link FailedLogins} lets them.
 */
final class LoginLimit implements WebFilter, Ordered {

	private static final int BURST = 20;

	/** Addresses that are remembered: those that failed last. */
	private static final int MOST = 1000;

	private final Map<String, Bucket> addresses = new LinkedHashMap<>(16, 0.75F, true) {

		@Override
		protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
			return size() > MOST;
		}

	};

	private final FailedLogins audit;

	private final JsonMapper json;

	LoginLimit(AuditLog audit, JsonMapper json) {
		this.audit = new FailedLogins(audit::record, FailedLogins.entries());
		this.json = json;
	}

	/** Before Spring Security, which knows only right and wrong. */
	@Override
	public int getOrder() {
		return -150;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		if (!isLogin(exchange.getRequest())) {
			return chain.filter(exchange);
		}
		InetSocketAddress remote = exchange.getRequest().getRemoteAddress();
		String address = (remote != null) ? remote.getAddress().getHostAddress() : "";
		if (isExhausted(address)) {
			return refuse(exchange);
		}
		ServerHttpResponse response = exchange.getResponse();
		response.beforeCommit(() -> Mono.fromRunnable(() -> {
			if (HttpStatus.UNAUTHORIZED.equals(response.getStatusCode())) {
				failed(address);
				audit.note(ActorFilter.address(exchange));
			}
		}));
		return chain.filter(exchange);
	}

	private static boolean isLogin(ServerHttpRequest request) {
		return request.getHeaders().containsHeader(HttpHeaders.AUTHORIZATION)
				|| (HttpMethod.POST.equals(request.getMethod()) && request.getPath().value().startsWith("/login"));
	}

	private synchronized boolean isExhausted(String address) {
		Bucket failures = addresses.get(address);
		return failures != null && failures.getAvailableTokens() == 0;
	}

	private synchronized void failed(String address) {
		addresses.computeIfAbsent(address, (key) -> attempts()).tryConsume(1);
	}

	private static Bucket attempts() {
		return Bucket.builder()
			.addLimit(Bandwidth.builder().capacity(BURST).refillIntervally(1, Duration.ofSeconds(1)).build())
			.build();
	}

	private Mono<Void> refuse(ServerWebExchange exchange) {
		ServerHttpResponse response = exchange.getResponse();
		response.getHeaders().set(HttpHeaders.RETRY_AFTER, "1");
		return Refusal.write(response, HttpStatus.TOO_MANY_REQUESTS, "Too many wrong passwords from this address.",
				json);
	}

}
