package io.tandem.gateway.protection;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.micrometer.core.instrument.MeterRegistry;
import io.tandem.gateway.accesslog.AccessLog;
import io.tandem.gateway.firewall.CidrSet;
import io.tandem.gateway.firewall.Firewall;
import io.tandem.gateway.tls.HttpsProperties;
import io.tandem.gateway.trace.Traces;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.reactor.netty.autoconfigure.NettyServerProperties;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ LimitProperties.class, ProtectionProperties.class })
class ProtectionConfiguration {

	@Bean
	Edge edge(LimitProperties limits, ProtectionProperties properties, HttpsProperties https, ServerProperties server,
			NettyServerProperties netty, Firewall firewall, MeterRegistry registry, Traces traces,
			ObjectProvider<AccessLog> accessLog, InnerHandler.Factory inner) {
		List<String> exempt = new ArrayList<>(limits.exempt());
		// Their connections carry the requests of many clients.
		exempt.addAll(properties.trustedProxies());
		Duration hsts = https.hsts();
		ResponseHeaders headers = new ResponseHeaders(properties.securityHeaders(), "");
		ResponseHeaders secureHeaders = new ResponseHeaders(properties.securityHeaders(),
				(hsts != null) ? "max-age=" + hsts.toSeconds() : "");
		RequestRules rules = new RequestRules(Math.toIntExact(netty.getMaxInitialLineLength().toBytes()),
				Math.toIntExact(server.getMaxHttpRequestHeaderSize().toBytes()), limits.headers(),
				limits.body().toBytes());
		return new Edge(rules, TimeLimits.of(limits), new Clients(limits, CidrSet.parse(exempt)), firewall,
				new TrustedProxies(CidrSet.parse(properties.trustedProxies())), https.redirectPort(), headers,
				secureHeaders, new Refusals(registry), traces, accessLog.getIfAvailable(), inner);
	}

	/**
	 * A factory customizer, not a {@code NettyServerCustomizer}: those would apply to the
	 * management port too.
	 */
	@Bean
	WebServerFactoryCustomizer<NettyReactiveWebServerFactory> publicPipeline(Edge edge) {
		return (factory) -> factory.addServerCustomizers(new PublicPipeline(edge)::customize);
	}

}
