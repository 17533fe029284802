package io.tandem.gateway.proxy;

import io.tandem.gateway.balance.Balancer;
import io.tandem.gateway.upstream.Upstream;
import io.tandem.gateway.upstream.UpstreamProperties;
import reactor.netty.ReactorNetty;
import reactor.netty.http.HttpResources;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cloud.gateway.config.GatewayProperties;
import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.cloud.gateway.route.builder.RouteLocatorBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(UpstreamProperties.class)
class ProxyConfiguration {

	@Bean
	RouteLocator routes(RouteLocatorBuilder routes) {
		return routes.routes().route("web-app", (route) -> route.alwaysTrue().uri("lb://web-app")).build();
	}

	@Bean
	Upstream upstream(UpstreamProperties limits) {
		int loops = Integer.getInteger(ReactorNetty.IO_WORKER_COUNT, Runtime.getRuntime().availableProcessors());
		return new Upstream(limits, HttpResources.get().getOrCreateDefaultResolver(), loops);
	}

	/** In place of the standard filters, which are switched off. */
	@Bean
	ForwardingFilter forwardingFilter(Balancer balancer, Upstream upstream, UpstreamProperties limits,
			GatewayProperties properties) {
		return new ForwardingFilter(balancer, upstream, limits, properties.getStreamingMediaTypes());
	}

	@Bean
	ProblemHandler problemHandler(JsonMapper json) {
		return new ProblemHandler(json);
	}

}
