package io.tandem.gateway.proxy;

import java.util.List;

import io.tandem.gateway.balance.Balancer;
import reactor.netty.http.client.HttpClient;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cloud.gateway.config.GatewayProperties;
import org.springframework.cloud.gateway.config.HttpClientCustomizer;
import org.springframework.cloud.gateway.config.HttpClientProperties;
import org.springframework.cloud.gateway.config.HttpClientSslConfigurer;
import org.springframework.cloud.gateway.filter.NettyWriteResponseFilter;
import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
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
	RequestGuard requestGuard() {
		return new RequestGuard();
	}

	@Bean
	BalancingFilter balancingFilter(Balancer balancer) {
		return new BalancingFilter(balancer);
	}

	@Bean
	InstanceUrlFilter instanceUrlFilter() {
		return new InstanceUrlFilter();
	}

	@Bean
	HttpClientCustomizer upstreamHttpClientCustomizer(UpstreamProperties properties) {
		return (client) -> UpstreamClients.customize(client, properties);
	}

	/** In place of the standard filter, which is switched off. */
	@Bean
	RoutingFilter routingFilter(HttpClient client, HttpClientSslConfigurer ssl, UpstreamProperties properties,
			ObjectProvider<List<HttpHeadersFilter>> headersFilters, HttpClientProperties clientProperties) {
		HttpClient unpooled = ssl.configureSsl(UpstreamClients.customize(HttpClient.newConnection(), properties));
		return new RoutingFilter(client, new UpstreamClients(client, unpooled, properties), headersFilters,
				clientProperties);
	}

	/**
	 * The standard one, which switching off the standard routing filter has switched off
	 * too.
	 */
	@Bean
	NettyWriteResponseFilter nettyWriteResponseFilter(GatewayProperties properties,
			ObjectProvider<List<HttpHeadersFilter>> headersFilters) {
		return new NettyWriteResponseFilter(properties.getStreamingMediaTypes(), headersFilters);
	}

	@Bean
	ForwardedHeaders forwardedHeaders() {
		return new ForwardedHeaders();
	}

	@Bean
	ProblemHandler problemHandler(JsonMapper json) {
		return new ProblemHandler(json);
	}

}
