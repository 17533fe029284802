package io.tandem.gateway.proxy;

import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.tandem.gateway.balance.Dispatch;
import io.tandem.gateway.protection.RawTarget;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.http.server.HttpServerRequest;

import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.util.ClassUtils;
import org.springframework.web.server.ServerWebExchange;

/**
 * A client with WebFlux in between: filters may have changed its request and may change
 * its answer.
 */
final class ExchangeClient extends Client {

	/** What Reactor Netty's requests are, as long as no filter has changed them. */
	private static final Class<?> UNCHANGED = ClassUtils.resolveClassName(
			"org.springframework.http.server.reactive.ReactorServerHttpRequest",
			ServerHttpRequest.class.getClassLoader());

	private final ServerHttpRequest request;

	private final ServerHttpResponse response;

	ExchangeClient(ServerWebExchange exchange) {
		this(exchange, exchange.getRequest(), isBodyless(exchange.getRequest().getHeaders()));
	}

	private ExchangeClient(ServerWebExchange exchange, ServerHttpRequest request, boolean bodyless) {
		super(ServerHttpRequestDecorator.<Connection>getNativeRequest(request).channel(),
				HttpMethod.valueOf(request.getMethod().name()), bodyless, bodyless && isUpgrade(request));
		this.request = request;
		this.response = exchange.getResponse();
	}

	private static boolean isBodyless(HttpHeaders headers) {
		return headers.getContentLength() <= 0 && !headers.containsHeader(HttpHeaders.TRANSFER_ENCODING);
	}

	private static boolean isUpgrade(ServerHttpRequest request) {
		HttpHeaders headers = request.getHeaders();
		return Upgrades.isWebSocket(request.getMethod().name(), headers.getUpgrade(), headers.getConnection());
	}

	@Override
	@Nullable InetSocketAddress remoteAddress() {
		return request.getRemoteAddress();
	}

	@Override
	String scheme() {
		return String.valueOf(request.getURI().getScheme());
	}

	@Override
	String path() {
		return request.getPath().value();
	}

	@Override
	String target() {
		URI uri = request.getURI();
		String path = uri.getRawPath();
		String query = uri.getRawQuery();
		String target = (query != null) ? path + "?" + query : path;
		HttpServerRequest received = ServerHttpRequestDecorator.getNativeRequest(request);
		// A filter may have changed it.
		return target.equals(received.uri()) ? RawTarget.of(received.requestHeaders(), target) : target;
	}

	@Override
	@Nullable String header(String name) {
		return request.getHeaders().getFirst(name);
	}

	@Override
	void addHeadersTo(UpstreamHead head) {
		if (request.getClass() == UNCHANGED) {
			head.add(ServerHttpRequestDecorator.<HttpServerRequest>getNativeRequest(request).requestHeaders());
		}
		else {
			for (Map.Entry<String, List<String>> header : request.getHeaders().headerSet()) {
				head.add(header.getKey(), header.getValue());
			}
		}
	}

	@Override
	Flux<ByteBuf> body() {
		return request.getBody().map(NettyDataBufferFactory::toByteBuf);
	}

	@Override
	void dispatched(Dispatch dispatch, boolean sticky) {
		if (sticky) {
			response.beforeCommit(() -> Mono.fromRunnable(() -> addCookie(dispatch)));
		}
	}

	private void addCookie(Dispatch dispatch) {
		String token = dispatch.newStickyToken();
		if (token != null) {
			response.addCookie(StickyCookie.of(token, request.getSslInfo() != null));
		}
	}

	@Override
	void answer(HttpResponse head) {
		response.setStatusCode(HttpStatusCode.valueOf(head.status().code()));
		HttpHeaders headers = response.getHeaders();
		for (Map.Entry<String, String> header : head.headers()) {
			if (!HopByHop.contains(header.getKey())) {
				headers.add(header.getKey(), header.getValue());
			}
		}
	}

	@Override
	Publisher<Void> send(ByteBuf body) {
		return response.writeWith(Mono.just(buffers().wrap(body)));
	}

	@Override
	Publisher<Void> send(Flux<ByteBuf> body) {
		return response.writeWith(body.map(buffers()::wrap));
	}

	@Override
	Publisher<Void> sendHead() {
		return response.setComplete();
	}

	private NettyDataBufferFactory buffers() {
		return (NettyDataBufferFactory) response.bufferFactory();
	}

}
