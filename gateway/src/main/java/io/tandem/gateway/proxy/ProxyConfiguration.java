package io.tandem.gateway.proxy;

import java.util.Objects;

import io.tandem.gateway.balance.Balancer;
import io.tandem.gateway.discovery.HostNames;
import io.tandem.gateway.protection.InnerHandler;
import io.tandem.gateway.upstream.Upstream;
import io.tandem.gateway.upstream.UpstreamProperties;
import reactor.netty.ReactorNetty;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.cloud.gateway.config.GatewayProperties;
import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.cloud.gateway.route.builder.RouteLocatorBuilder;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(UpstreamProperties.class)
class ProxyConfiguration {

	/** Everything to the instances. Whoever wants more adds routes with a lower order. */
	@Bean
	RouteLocator routes(RouteLocatorBuilder routes) {
		return routes.routes().route("web-app", (route) -> route.alwaysTrue().uri("lb://web-app")).build();
	}

	@Bean
	Upstream upstream(UpstreamProperties limits, HostNames names) {
		int loops = Integer.getInteger(ReactorNetty.IO_WORKER_COUNT, Runtime.getRuntime().availableProcessors());
		return new Upstream(limits, names.resolver(), loops);
	}

	@Bean
	Forwarder forwarder(Balancer balancer, Upstream upstream, UpstreamProperties limits, GatewayProperties properties) {
		return new Forwarder(balancer, upstream, limits, properties.getStreamingMediaTypes());
	}

	/** In place of the standard filters, which are switched off. */
	@Bean
	ForwardingFilter forwardingFilter(Forwarder forwarder) {
		return new ForwardingFilter(forwarder);
	}

	@Bean
	Problems problems(JsonMapper json) {
		return new Problems(json);
	}

	@Bean
	ProblemHandler problemHandler(Problems problems) {
		return new ProblemHandler(problems);
	}

	@Bean
	DirectWayGate directWayGate(ApplicationContext context, @Qualifier("routes") RouteLocator routes,
			@Value("${tandem.gateway.direct:true}") boolean wanted) {
		return new DirectWayGate(context, Objects.requireNonNull(routes.getRoutes().blockFirst(), "one route"), wanted);
	}

	@Bean
	InnerHandler.Factory shortcut(Forwarder forwarder, Problems problems, DirectWayGate gate) {
		return (secure) -> new Shortcut(forwarder, problems, gate::isShortcutOpen, secure);
	}

	/**
	 * A factory customizer: the routes that are beans are the management port's too.
	 */
	@Bean
	WebServerFactoryCustomizer<NettyReactiveWebServerFactory> directWay(Forwarder forwarder, Problems problems,
			DirectWayGate gate) {
		return (factory) -> factory.addRouteProviders(new DirectWay(forwarder, problems, gate::isOpen));
	}

}
