package io.tandem.gateway.management;

import io.tandem.gateway.control.AdminProperties;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.WebFilterChainProxy;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatchers;

/**
 * Spring Security for the endpoints {@code balancer} and {@code firewall}. Not annotated
 * on purpose: it is listed as a configuration of the management context, so that the data
 * path, which lives in the parent context, has none of its filters. Health, info and
 * prometheus stay open.
 */
class ManagementSecurity {

	@Bean
	@Order(-100)
	WebFilterChainProxy managementSecurityFilter(AdminProperties admin, WebEndpointProperties endpoints) {
		String balancer = endpoints.getBasePath() + "/balancer";
		String firewall = endpoints.getBasePath() + "/firewall";
		ServerHttpSecurity http = ServerHttpSecurity.http()
			.securityMatcher(
					ServerWebExchangeMatchers.pathMatchers(balancer, balancer + "/**", firewall, firewall + "/**"))
			// Against other sites' pages: WriteGuard, and only JSON is understood.
			.csrf(ServerHttpSecurity.CsrfSpec::disable)
			.requestCache(ServerHttpSecurity.RequestCacheSpec::disable)
			.logout(ServerHttpSecurity.LogoutSpec::disable);
		return new WebFilterChainProxy(chain(http, admin));
	}

	private static SecurityWebFilterChain chain(ServerHttpSecurity http, AdminProperties admin) {
		String password = admin.password();
		if (password == null) {
			return http.authorizeExchange((exchanges) -> exchanges.anyExchange().permitAll()).build();
		}
		return http.authenticationManager(new AdminAuthentication(admin.username(), password))
			.httpBasic(Customizer.withDefaults())
			.authorizeExchange((exchanges) -> exchanges.anyExchange().authenticated())
			.build();
	}

	@Bean
	WriteGuard writeGuard(AdminProperties admin, JsonMapper json) {
		return new WriteGuard(admin.password() != null, json);
	}

	@Bean
	ActorFilter actorFilter() {
		return new ActorFilter();
	}

}
