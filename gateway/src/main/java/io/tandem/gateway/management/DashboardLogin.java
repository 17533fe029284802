package io.tandem.gateway.management;

import java.time.Duration;
import java.util.Objects;

import io.tandem.gateway.control.Actor;
import io.tandem.gateway.control.AdminProperties;
import io.tandem.gateway.control.AuditLog;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authentication.ReactiveAuthenticationManager;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.server.WebFilterExchange;
import org.springframework.security.web.server.authentication.AuthenticationWebFilter;
import org.springframework.security.web.server.context.WebSessionServerSecurityContextRepository;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatchers;
import org.springframework.util.MultiValueMap;
import org.springframework.web.server.ServerWebExchange;

/**
 * Logs in to the dashboard, by password or by link, and out. Answers the page's script:
 * 204, or 401. What succeeds is audited here, what fails in {@link LoginLimit}.
 */
final class DashboardLogin {

	/** A shift: pages stay open, and what they watch is no request. */
	private static final Duration LONGEST_IDLE = Duration.ofHours(10);

	private final AuditLog audit;

	DashboardLogin(AuditLog audit) {
		this.audit = audit;
	}

	AuthenticationWebFilter byPassword(AdminProperties admin, String password) {
		return filter("/login", new AdminAuthentication(admin.username(), password), "password");
	}

	AuthenticationWebFilter byLink(LoginLinks links) {
		return filter("/login/link", links, "token");
	}

	private AuthenticationWebFilter filter(String path, ReactiveAuthenticationManager manager, String secret) {
		AuthenticationWebFilter filter = new AuthenticationWebFilter(manager);
		filter.setRequiresAuthenticationMatcher(ServerWebExchangeMatchers.pathMatchers(HttpMethod.POST, path));
		filter.setServerAuthenticationConverter((exchange) -> exchange.getFormData()
			.map((form) -> UsernamePasswordAuthenticationToken.unauthenticated(value(form, "username"),
					value(form, secret))));
		filter.setSecurityContextRepository(new WebSessionServerSecurityContextRepository());
		filter.setAuthenticationSuccessHandler(this::loggedIn);
		filter.setAuthenticationFailureHandler(
				(exchange, error) -> answer(exchange.getExchange(), HttpStatus.UNAUTHORIZED));
		return filter;
	}

	private static String value(MultiValueMap<String, String> form, String name) {
		return Objects.requireNonNullElse(form.getFirst(name), "");
	}

	private Mono<Void> loggedIn(WebFilterExchange exchange, Authentication authentication) {
		audit.record(new Actor(authentication.getName(), ActorFilter.address(exchange.getExchange())),
				"logged in to the dashboard");
		return exchange.getExchange().getSession().flatMap((session) -> {
			session.setMaxIdleTime(LONGEST_IDLE);
			return answer(exchange.getExchange(), HttpStatus.NO_CONTENT);
		});
	}

	/** Called after each logout, of those too who were not logged in. */
	Mono<Void> loggedOut(WebFilterExchange exchange, Authentication authentication) {
		if (!(authentication instanceof AnonymousAuthenticationToken)) {
			audit.record(new Actor(authentication.getName(), ActorFilter.address(exchange.getExchange())),
					"logged out of the dashboard");
		}
		return answer(exchange.getExchange(), HttpStatus.NO_CONTENT);
	}

	private static Mono<Void> answer(ServerWebExchange exchange, HttpStatus status) {
		ServerHttpResponse response = exchange.getResponse();
		response.setStatusCode(status);
		return response.setComplete();
	}

}
