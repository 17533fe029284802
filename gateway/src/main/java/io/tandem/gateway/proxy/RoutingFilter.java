package io.tandem.gateway.proxy;

import java.util.List;

import reactor.netty.http.client.HttpClient;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.cloud.gateway.config.HttpClientProperties;
import org.springframework.cloud.gateway.filter.NettyRoutingFilter;
import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.web.server.ServerWebExchange;

/**
 * The gateway's routing filter with a client that suits the attempt.
 */
final class RoutingFilter extends NettyRoutingFilter {

	private final UpstreamClients clients;

	RoutingFilter(HttpClient client, UpstreamClients clients, ObjectProvider<List<HttpHeadersFilter>> headersFilters,
			HttpClientProperties properties) {
		super(client, headersFilters, properties);
		this.clients = clients;
	}

	@Override
	protected HttpClient getHttpClient(Route route, ServerWebExchange exchange) {
		Attempt attempt = Attempt.of(exchange);
		return (attempt != null) ? clients.forAttempt(attempt) : super.getHttpClient(route, exchange);
	}

}
