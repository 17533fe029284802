package io.tandem.gateway.proxy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Set;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.tandem.gateway.balance.ClientKey;
import io.tandem.gateway.balance.Request;
import io.tandem.gateway.balance.StickySessions;
import io.tandem.gateway.protection.RawTarget;
import org.jspecify.annotations.Nullable;
import reactor.netty.Connection;
import reactor.netty.http.server.HttpServerRequest;

import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;

/**
 * A client's request as the attempts send it.
 */
final class ClientRequest {

	private static final Set<HttpMethod> SAFE = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

	private final ServerHttpRequest request;

	private final Channel clientChannel;

	private final boolean bodyless;

	private final boolean upgrade;

	private @Nullable HttpRequest head;

	ClientRequest(ServerHttpRequest request) {
		this.request = request;
		Connection connection = ServerHttpRequestDecorator.getNativeRequest(request);
		this.clientChannel = connection.channel();
		this.bodyless = request.getHeaders().getContentLength() <= 0
				&& !request.getHeaders().containsHeader(org.springframework.http.HttpHeaders.TRANSFER_ENCODING);
		this.upgrade = bodyless && Upgrades.isWebSocket(request);
	}

	/** The connection over which the request came. */
	Channel clientChannel() {
		return clientChannel;
	}

	/** What the instance gets, the same in every attempt. */
	HttpRequest head() {
		if (head == null) {
			HttpHeaders headers = UpstreamHeaders.of(request, upgrade);
			io.netty.handler.codec.http.HttpMethod method = io.netty.handler.codec.http.HttpMethod
				.valueOf(request.getMethod().name());
			head = bodyless
					? new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, method, target(), Unpooled.EMPTY_BUFFER, headers,
							EmptyHttpHeaders.INSTANCE)
					: new DefaultHttpRequest(HttpVersion.HTTP_1_1, method, target(), headers);
		}
		return head;
	}

	/** Path and query as the client wrote them. */
	private String target() {
		URI uri = request.getURI();
		String path = uri.getRawPath();
		String query = uri.getRawQuery();
		String target = (query != null) ? path + "?" + query : path;
		HttpServerRequest received = ServerHttpRequestDecorator.getNativeRequest(request);
		// A filter may have changed it.
		return target.equals(received.uri()) ? RawTarget.of(received.requestHeaders(), target) : target;
	}

	/** What the balancing needs to know of it. */
	Request toBalance(boolean stickySessions) {
		InetSocketAddress remote = request.getRemoteAddress();
		InetAddress client = (remote != null) ? remote.getAddress() : null;
		return new Request(request.getMethod().name(), request.getPath().value(),
				(client != null) ? ClientKey.of(client) : 0,
				stickySessions ? StickySessions
					.find(request.getHeaders().getFirst(org.springframework.http.HttpHeaders.COOKIE)) : null,
				isReplayable());
	}

	boolean isBodyless() {
		return bodyless;
	}

	/** Whether it asks for a WebSocket. */
	boolean isUpgrade() {
		return upgrade;
	}

	/**
	 * Whether executing the request twice does no harm. DELETE and PUT are idempotent
	 * too, but a second answer may differ from the first (404 after a delete that
	 * worked).
	 */
	private boolean isReplayable() {
		return bodyless && SAFE.contains(request.getMethod());
	}

}
