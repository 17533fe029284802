package io.tandem.gateway.proxy;

import java.util.function.BooleanSupplier;

import org.reactivestreams.Publisher;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.http.server.HttpServerRoutes;

import org.springframework.boot.reactor.netty.NettyRouteProvider;

/**
 * The way of requests past WebFlux, while that would do nothing but forward them.
 */
final class DirectWay implements NettyRouteProvider {

	private final Forwarder forwarder;

	private final Problems problems;

	private final BooleanSupplier open;

	/**
	 * Creates the way.
	 * @param open asked for each request
	 */
	DirectWay(Forwarder forwarder, Problems problems, BooleanSupplier open) {
		this.forwarder = forwarder;
		this.problems = problems;
		this.open = open;
	}

	@Override
	public HttpServerRoutes apply(HttpServerRoutes routes) {
		return routes.route((request) -> open.getAsBoolean(), this::forward);
	}

	private Publisher<Void> forward(HttpServerRequest request, HttpServerResponse response) {
		DirectClient client = new DirectClient(request, response);
		return forwarder.forward(client).onErrorResume((error) -> client.refuse(error, problems));
	}

}
