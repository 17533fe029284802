package io.tandem.gateway.proxy;

import java.net.InetSocketAddress;
import java.util.Objects;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;
import reactor.netty.FutureMono;

/**
 * A client with nothing in between but its connection.
 */
final class ShortcutClient extends NettyClient implements CoreSubscriber<Void> {

	private final Shortcut shortcut;

	private final ChannelHandlerContext context;

	private final Peer peer;

	private @Nullable Subscription forwarding;

	private HttpResponseStatus status = HttpResponseStatus.OK;

	private HttpHeaders headers = EmptyHttpHeaders.INSTANCE;

	/** Whether the client may have received some of an answer. */
	private boolean committed;

	ShortcutClient(Shortcut shortcut, ChannelHandlerContext context, HttpRequest request, Peer peer) {
		super(context.channel(), request.method(), request.uri(), request.headers(), true, false);
		this.shortcut = shortcut;
		this.context = context;
		this.peer = peer;
	}

	@Override
	@Nullable InetSocketAddress remoteAddress() {
		return peer.address();
	}

	@Override
	String scheme() {
		return peer.scheme();
	}

	@Override
	long key() {
		return peer.key();
	}

	@Override
	ForwardedHeaders forwarded() {
		return peer.forwarded(host());
	}

	@Override
	Flux<ByteBuf> body() {
		return Flux.empty();
	}

	/** The headers that were decoded are nobody else's: they go on as they are. */
	@Override
	void answer(HttpResponse head) {
		status = HttpResponseStatus.valueOf(head.status().code());
		headers = head.headers();
		HopByHop.removeFrom(headers);
		addStickyCookieTo(headers);
	}

	/** Writes at once. */
	@Override
	Publisher<Void> send(ByteBuf body) {
		if (hasLength() && !headers.contains(HttpHeaderNames.CONTENT_LENGTH)) {
			headers.setInt(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
		}
		committed = true;
		// Two buffers, which would have a promise each and one more for both.
		var _ = context.write(whole(body), context.voidPromise());
		return FutureMono.from(context.writeAndFlush(Unpooled.EMPTY_BUFFER));
	}

	@Override
	Publisher<Void> sendHead() {
		return send(Unpooled.EMPTY_BUFFER);
	}

	/** Whether answers of this status have a body, if only an empty one. */
	private boolean hasLength() {
		return status.code() != 204 && status.code() != 304;
	}

	private FullHttpResponse whole(ByteBuf body) {
		return new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, body, headers, EmptyHttpHeaders.INSTANCE);
	}

	@Override
	Publisher<Void> send(Flux<ByteBuf> body) {
		return (actual) -> body.subscribe(new Parts(Operators.toCoreSubscriber(actual)));
	}

	@Override
	public void onSubscribe(Subscription subscription) {
		forwarding = subscription;
		subscription.request(Long.MAX_VALUE);
	}

	@Override
	public void onNext(Void nothing) {
		// There is none.
	}

	@Override
	public void onComplete() {
		shortcut.answered(context);
	}

	/** Answers with an error of the gateway's own, or breaks off what has begun. */
	@Override
	public void onError(Throwable error) {
		if (committed) {
			var _ = context.close();
			return;
		}
		Problem problem = shortcut.problems().of(error, method().name(), path());
		status = HttpResponseStatus.valueOf(problem.status().value());
		headers = new DefaultHttpHeaders();
		committed = true;
		ChannelFuture future = context.writeAndFlush(whole(describe(problem, shortcut.problems(), headers)));
		if (headers.contains(HttpHeaderNames.CONNECTION)) {
			future.addListener(ChannelFutureListener.CLOSE);
		}
		else {
			future.addListener((done) -> shortcut.answered(context));
		}
	}

	/** The client has left. */
	void gone() {
		Objects.requireNonNull(forwarding, "subscribed").cancel();
	}

	/** The parts of an answer, as they come. */
	private final class Parts implements CoreSubscriber<ByteBuf> {

		private final CoreSubscriber<? super Void> actual;

		Parts(CoreSubscriber<? super Void> actual) {
			this.actual = actual;
		}

		@Override
		public void onSubscribe(Subscription parts) {
			committed = true;
			DefaultHttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, status, headers);
			if (hasLength() && !headers.contains(HttpHeaderNames.CONTENT_LENGTH)) {
				HttpUtil.setTransferEncodingChunked(head, true);
			}
			var _ = context.write(head);
			actual.onSubscribe(parts);
		}

		@Override
		public void onNext(ByteBuf part) {
			var _ = context.writeAndFlush(new DefaultHttpContent(part));
		}

		@Override
		public void onError(Throwable error) {
			actual.onError(error);
		}

		@Override
		public void onComplete() {
			FutureMono.from(context.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT))
				.subscribe(actual::onNext, actual::onError, actual::onComplete);
		}

	}

}
