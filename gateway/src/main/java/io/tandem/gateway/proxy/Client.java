package io.tandem.gateway.proxy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.Set;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.tandem.gateway.balance.ClientKey;
import io.tandem.gateway.balance.Dispatch;
import io.tandem.gateway.balance.Request;
import io.tandem.gateway.balance.StickySessions;
import io.tandem.gateway.upstream.BodyFraming;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

/**
 * The client's side of a forwarding: what it asks for, and the way its answer takes.
 * There is one with WebFlux in between and one without.
 */
abstract class Client {

	private static final Set<HttpMethod> SAFE = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

	/** In bytes; a larger one takes more. */
	private static final int USUAL_HEAD = 1024;

	private final Channel channel;

	private final HttpMethod method;

	private final boolean bodyless;

	private final boolean upgrade;

	Client(Channel channel, HttpMethod method, boolean bodyless, boolean upgrade) {
		this.channel = channel;
		this.method = method;
		this.bodyless = bodyless;
		this.upgrade = upgrade;
	}

	/** The connection over which the request came. */
	final Channel channel() {
		return channel;
	}

	final HttpMethod method() {
		return method;
	}

	final boolean isBodyless() {
		return bodyless;
	}

	/** Whether it asks for a WebSocket. */
	final boolean isUpgrade() {
		return upgrade;
	}

	/** What the instance gets before the body, the same in every attempt. */
	final ByteBuf head() {
		ByteBuf bytes = channel.alloc().ioBuffer(USUAL_HEAD);
		try {
			UpstreamHead head = new UpstreamHead(bytes);
			head.begin(method, target());
			addHeadersTo(head);
			head.complete(this);
			return bytes;
		}
		catch (RuntimeException ex) {
			bytes.release();
			throw ex;
		}
	}

	final BodyFraming framing() {
		if (bodyless) {
			return BodyFraming.NONE;
		}
		return (header(HttpHeaderNames.TRANSFER_ENCODING.toString()) != null) ? BodyFraming.CHUNKED
				: BodyFraming.LENGTH;
	}

	/** What the balancing needs to know of it. */
	final Request toBalance(boolean stickySessions) {
		return new Request(method.name(), path(), key(),
				stickySessions ? StickySessions.find(header(HttpHeaderNames.COOKIE.toString())) : null, isReplayable());
	}

	/** The same for all connections of this client. */
	long key() {
		InetSocketAddress remote = remoteAddress();
		InetAddress address = (remote != null) ? remote.getAddress() : null;
		return (address != null) ? ClientKey.of(address) : 0;
	}

	/** Who it is, for the instance. */
	ForwardedHeaders forwarded() {
		return ForwardedHeaders.of(Objects.requireNonNull(remoteAddress(), "a request has a client"), scheme(), host());
	}

	final String host() {
		return Objects.requireNonNull(header(HttpHeaderNames.HOST.toString()), "checked for each request");
	}

	/**
	 * Whether executing the request twice does no harm. DELETE and PUT are idempotent
	 * too, but a second answer may differ from the first (404 after a delete that
	 * worked).
	 */
	private boolean isReplayable() {
		return bodyless && SAFE.contains(method);
	}

	abstract @Nullable InetSocketAddress remoteAddress();

	/** {@code http} or {@code https}. */
	abstract String scheme();

	abstract String path();

	/** Path and query as the client wrote them. */
	abstract String target();

	/** The first of this name. */
	abstract @Nullable String header(String name);

	abstract void addHeadersTo(UpstreamHead head);

	/** The body of the request. Whoever subscribes releases its parts. */
	abstract Flux<ByteBuf> body();

	/**
	 * An instance was chosen.
	 * @param sticky whether the client is to come back to the one that answers
	 */
	abstract void dispatched(Dispatch dispatch, boolean sticky);

	/** Takes over status and headers of an answer, and sends nothing yet. */
	abstract void answer(HttpResponse head);

	/** Sends the answer's head and this body, in one piece. */
	abstract Publisher<Void> send(ByteBuf body);

	/** Sends the answer's head and this body as it comes. */
	abstract Publisher<Void> send(Flux<ByteBuf> body);

	/** Sends the answer's head alone. */
	abstract Publisher<Void> sendHead();

}
