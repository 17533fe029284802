package io.tandem.gateway.proxy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

import io.netty.channel.Channel;
import io.tandem.gateway.balance.ClientKey;
import io.tandem.gateway.balance.Request;
import io.tandem.gateway.balance.StickySessions;
import reactor.core.publisher.Flux;
import reactor.netty.http.server.HttpServerRequest;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;

/**
 * A request as the attempts send it. The body of the original can be read only once, so
 * it knows whether that has begun; a request without a body can be sent again and again.
 */
final class ForwardedRequest extends ServerHttpRequestDecorator {

	private static final Set<HttpMethod> SAFE = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

	private final boolean bodyless;

	private volatile boolean bodyRead;

	ForwardedRequest(ServerHttpRequest delegate) {
		super(delegate);
		HttpHeaders headers = delegate.getHeaders();
		this.bodyless = headers.getContentLength() <= 0 && !headers.containsHeader(HttpHeaders.TRANSFER_ENCODING);
	}

	@Override
	public Flux<DataBuffer> getBody() {
		if (bodyless) {
			return Flux.empty();
		}
		return Flux.defer(() -> {
			bodyRead = true;
			return super.getBody().onErrorMap(ClientGoneException::new);
		});
	}

	/** The connection over which the request came. */
	Channel clientChannel() {
		HttpServerRequest request = getNativeRequest(this);
		AtomicReference<Channel> channel = new AtomicReference<>();
		request.withConnection((connection) -> channel.set(connection.channel()));
		return Objects.requireNonNull(channel.get(), "withConnection runs at once");
	}

	/** What the balancing needs to know of it. */
	Request toBalance(boolean stickySessions) {
		InetSocketAddress remote = getRemoteAddress();
		InetAddress client = (remote != null) ? remote.getAddress() : null;
		return new Request(getMethod().name(), getPath().value(), (client != null) ? ClientKey.of(client) : 0,
				stickySessions ? StickySessions.find(getHeaders().getFirst(HttpHeaders.COOKIE)) : null, isReplayable());
	}

	boolean isBodyless() {
		return bodyless;
	}

	/** Whether the request can still be sent from its beginning. */
	boolean isUntouched() {
		return !bodyRead;
	}

	/**
	 * Whether executing the request twice does no harm. DELETE and PUT are idempotent
	 * too, but a second answer may differ from the first (404 after a delete that
	 * worked).
	 */
	boolean isReplayable() {
		return bodyless && SAFE.contains(getMethod());
	}

}
