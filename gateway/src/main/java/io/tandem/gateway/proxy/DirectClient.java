package io.tandem.gateway.proxy;

import java.net.InetSocketAddress;
import java.util.Iterator;
import java.util.Map;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.tandem.gateway.balance.Dispatch;
import io.tandem.gateway.protection.RawTarget;
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
final class DirectClient extends Client {

	private final HttpServerRequest request;

	private final HttpServerResponse response;

	private @Nullable Dispatch sticky;

	DirectClient(HttpServerRequest request, HttpServerResponse response) {
		this(request, response, isBodyless(request.requestHeaders()));
	}

	private DirectClient(HttpServerRequest request, HttpServerResponse response, boolean bodyless) {
		super(((Connection) request).channel(), request.method(), bodyless, bodyless && isUpgrade(request));
		this.request = request;
		this.response = response;
	}

	private static boolean isBodyless(HttpHeaders headers) {
		String length = headers.get(HttpHeaderNames.CONTENT_LENGTH);
		// A number: it was checked.
		return (length == null || length.equals("0")) && !headers.contains(HttpHeaderNames.TRANSFER_ENCODING);
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
	String path() {
		String target = request.uri();
		int query = target.indexOf('?');
		return (query != -1) ? target.substring(0, query) : target;
	}

	@Override
	String target() {
		return RawTarget.of(request.requestHeaders(), request.uri());
	}

	@Override
	@Nullable String header(String name) {
		return request.requestHeaders().get(name);
	}

	@Override
	void addHeadersTo(UpstreamHeaders headers) {
		headers.add(request.requestHeaders());
	}

	@Override
	Flux<ByteBuf> body() {
		return request.receive().retain();
	}

	@Override
	void dispatched(Dispatch dispatch, boolean sticky) {
		this.sticky = sticky ? dispatch : null;
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
		String token = (sticky != null) ? sticky.newStickyToken() : null;
		if (token != null) {
			headers.add(HttpHeaderNames.SET_COOKIE, StickyCookie.of(token, "https".equals(scheme())).toString());
		}
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
		HttpHeaders headers = response.responseHeaders().clear();
		byte[] body = problems.body(problem);
		problems.headers(problem).forEach(headers::set);
		headers.setInt(HttpHeaderNames.CONTENT_LENGTH, body.length);
		return response.sendObject(Unpooled.wrappedBuffer(body)).then();
	}

}
