package io.tandem.gateway.proxy;

import java.net.InetSocketAddress;
import java.util.Iterator;
import java.util.Map;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * A client with nothing in between but Reactor Netty.
 */
final class DirectClient extends NettyClient {

	private final HttpServerRequest request;

	private final HttpServerResponse response;

	DirectClient(HttpServerRequest request, HttpServerResponse response) {
		this(request, response, isBodyless(request.requestHeaders()));
	}

	private DirectClient(HttpServerRequest request, HttpServerResponse response, boolean bodyless) {
		super(((Connection) request).channel(), request.method(), request.uri(), request.requestHeaders(), bodyless,
				bodyless && isUpgrade(request));
		this.request = request;
		this.response = response;
	}

	private static boolean isUpgrade(HttpServerRequest request) {
		HttpHeaders headers = request.requestHeaders();
		String upgrade = headers.get(HttpHeaderNames.UPGRADE);
		return upgrade != null
				&& Upgrades.isWebSocket(request.method().name(), upgrade, headers.getAll(HttpHeaderNames.CONNECTION));
	}

	@Override
	@Nullable InetSocketAddress remoteAddress() {
		return request.remoteAddress();
	}

	@Override
	String scheme() {
		return request.scheme();
	}

	@Override
	Flux<ByteBuf> body() {
		return request.receive().retain();
	}

	@Override
	void answer(HttpResponse head) {
		response.status(head.status().code());
		HttpHeaders headers = response.responseHeaders();
		Iterator<Map.Entry<CharSequence, CharSequence>> each = head.headers().iteratorCharSequence();
		while (each.hasNext()) {
			Map.Entry<CharSequence, CharSequence> header = each.next();
			if (!HopByHop.contains(header.getKey())) {
				headers.add(header.getKey(), header.getValue());
			}
		}
		addStickyCookieTo(headers);
	}

	@Override
	Publisher<Void> send(ByteBuf body) {
		return response.sendObject(body);
	}

	@Override
	Publisher<Void> send(Flux<ByteBuf> body) {
		return response.send(body);
	}

	/** Reactor Netty sends it at the end, and knows which answers have no body. */
	@Override
	Publisher<Void> sendHead() {
		return Mono.empty();
	}

	/** Answers with an error of the gateway's own, or breaks off what has begun. */
	Mono<Void> refuse(Throwable error, Problems problems) {
		if (response.hasSentHeaders()) {
			return Mono.error(error);
		}
		Problem problem = problems.of(error, method().name(), path());
		response.status(problem.status().value());
		return response.sendObject(describe(problem, problems, response.responseHeaders().clear())).then();
	}

}
