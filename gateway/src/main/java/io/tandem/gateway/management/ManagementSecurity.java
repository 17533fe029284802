package io.tandem.gateway.management;

import java.util.Set;

import io.tandem.gateway.control.AdminProperties;
import io.tandem.gateway.control.AuditLog;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.actuate.autoconfigure.web.server.ConditionalOnManagementPort;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.web.server.SecurityWebFiltersOrder;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.WebFilterChainProxy;
import org.springframework.security.web.server.header.ReferrerPolicyServerHttpHeadersWriter.ReferrerPolicy;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher.MatchResult;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatchers;
import org.springframework.web.server.session.CookieWebSessionIdResolver;
import org.springframework.web.server.session.DefaultWebSessionManager;
import org.springframework.web.server.session.WebSessionManager;

/**
 * Spring Security for the dashboard and for the endpoints that change something. Not
 * annotated on purpose: it is listed as a configuration of the management context, so
 * that the data path, which lives in the parent context, has none of its filters. Health,
 * info, prometheus and traffic stay open. With one port for both there is nothing of it:
 * the gateway then refuses to start.
 */
@ConditionalOnManagementPort(ManagementPortType.DIFFERENT)
class ManagementSecurity {

	private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

	private static final String CONTENT_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; "
			+ "img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

	@Bean
	@Order(-100)
	WebFilterChainProxy managementSecurityFilter(AdminProperties admin, WebEndpointProperties endpoints,
			LoginLinks links, AuditLog audit, CookieWebSessionIdResolver sessionCookie) {
		return new WebFilterChainProxy(endpoints(admin, endpoints.getBasePath(), sessionCookie),
				dashboard(admin, links, new DashboardLogin(audit), sessionCookie));
	}

	private static SecurityWebFilterChain endpoints(AdminProperties admin, String base,
			CookieWebSessionIdResolver sessionCookie) {
		ServerHttpSecurity http = ServerHttpSecurity.http()
			.securityMatcher(ServerWebExchangeMatchers.pathMatchers(base + "/balancer", base + "/balancer/**",
					base + "/firewall", base + "/firewall/**", base + "/login"))
			.requestCache(ServerHttpSecurity.RequestCacheSpec::disable)
			.logout(ServerHttpSecurity.LogoutSpec::disable);
		String password = admin.password();
		if (password == null) {
			return http.csrf(ServerHttpSecurity.CsrfSpec::disable)
				.authorizeExchange((exchanges) -> exchanges.anyExchange().permitAll())
				.build();
		}
		return http.csrf((csrf) -> csrf.requireCsrfProtectionMatcher(changeInSession(sessionCookie)))
			.authenticationManager(new AdminAuthentication(admin.username(), password))
			.httpBasic(Customizer.withDefaults())
			.authorizeExchange((exchanges) -> exchanges.anyExchange().authenticated())
			.build();
	}

	private static SecurityWebFilterChain dashboard(AdminProperties admin, LoginLinks links, DashboardLogin login,
			CookieWebSessionIdResolver sessionCookie) {
		ServerHttpSecurity http = ServerHttpSecurity.http()
			.securityMatcher(
					ServerWebExchangeMatchers.pathMatchers("/", "/dashboard/**", "/login", "/login/link", "/logout"))
			.requestCache(ServerHttpSecurity.RequestCacheSpec::disable)
			.headers((headers) -> headers.contentSecurityPolicy((policy) -> policy.policyDirectives(CONTENT_POLICY))
				.referrerPolicy((policy) -> policy.policy(ReferrerPolicy.NO_REFERRER)))
			.csrf((csrf) -> csrf.requireCsrfProtectionMatcher(changeInSession(sessionCookie)))
			.logout((logout) -> logout.logoutSuccessHandler(login::loggedOut))
			.authorizeExchange((exchanges) -> exchanges.anyExchange().permitAll());
		String password = admin.password();
		if (password != null) {
			http.addFilterAt(login.byPassword(admin, password), SecurityWebFiltersOrder.FORM_LOGIN)
				.addFilterAt(login.byLink(links), SecurityWebFiltersOrder.AUTHENTICATION);
		}
		return http.build();
	}

	/**
	 * Changes for which a browser vouches by its cookie need a token too. Scripts send
	 * their password with each request, and logging in has no session yet: there
	 * {@link WriteGuard} keeps off other sites' pages.
	 */
	private static ServerWebExchangeMatcher changeInSession(CookieWebSessionIdResolver sessionCookie) {
		return (exchange) -> {
			ServerHttpRequest request = exchange.getRequest();
			boolean change = !READING.contains(request.getMethod());
			boolean byPassword = request.getHeaders().getFirst(HttpHeaders.AUTHORIZATION) != null;
			boolean login = request.getPath().value().startsWith("/login");
			boolean session = request.getCookies().containsKey(sessionCookie.getCookieName());
			return (change && session && !byPassword && !login) ? MatchResult.match() : MatchResult.notMatch();
		};
	}

	/**
	 * Cookies know no ports: each gateway of a machine has its own name for them.
	 */
	@Bean
	CookieWebSessionIdResolver sessionCookie(Environment environment) {
		CookieWebSessionIdResolver cookie = new CookieWebSessionIdResolver();
		String node = environment.getRequiredProperty("tandem.node-name").replaceAll("[^A-Za-z0-9_-]", "-");
		cookie.setCookieName("tandem-session-" + node);
		cookie.addCookieInitializer((builder) -> builder.sameSite("Strict").httpOnly(true));
		return cookie;
	}

	@Bean
	WebSessionManager webSessionManager(CookieWebSessionIdResolver sessionCookie) {
		DefaultWebSessionManager manager = new DefaultWebSessionManager();
		manager.setSessionIdResolver(sessionCookie);
		return manager;
	}

	@Bean
	WriteGuard writeGuard(AdminProperties admin, JsonMapper json) {
		return new WriteGuard(admin.password() != null, json);
	}

	@Bean
	LoginLimit loginLimit(AuditLog audit, JsonMapper json) {
		return new LoginLimit(audit, json);
	}

	@Bean
	ActorFilter actorFilter() {
		return new ActorFilter();
	}

}
