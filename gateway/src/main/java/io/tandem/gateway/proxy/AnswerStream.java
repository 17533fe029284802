package io.tandem.gateway.proxy;

import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.tandem.gateway.upstream.UpstreamCall;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;

/**
 * The body of an answer while it arrives. Parts go on as long as the client reads; when
 * it does not, the instance is no longer read from. Counts bytes, because Reactor Netty
 * asks for 128 parts at a time, however large they are.
 */
final class AnswerStream extends Flux<ByteBuf> implements Subscription {

	/** Parts of one read can still come after this. */
	private static final int MOST_WAITING = 64 * 1024;

	private final Forwarding forwarding;

	private final Channel client;

	private final Queue<ByteBuf> waiting = new ArrayDeque<>();

	private final ChannelInboundHandlerAdapter writability = new ChannelInboundHandlerAdapter() {

		@Override
		public void channelWritabilityChanged(ChannelHandlerContext context) {
			drain();
			context.fireChannelWritabilityChanged();
		}

	};

	private @Nullable CoreSubscriber<? super ByteBuf> subscriber;

	private int waitingBytes;

	private long demand;

	private boolean draining;

	private boolean complete;

	private boolean over;

	AnswerStream(Forwarding forwarding, Channel client) {
		this.forwarding = forwarding;
		this.client = client;
	}

	void add(ByteBuf part) {
		if (over) {
			part.release();
			return;
		}
		waiting.add(part);
		waitingBytes += part.readableBytes();
		drain();
	}

	/** Nothing more for the moment. */
	void pause() {
		drain();
	}

	void end() {
		complete = true;
		drain();
	}

	/** Whether all of it has been handed on. */
	boolean isDelivered() {
		return over && complete && waiting.isEmpty();
	}

	void discard() {
		if (!over) {
			over = true;
			complete = false;
			stopListening();
			release();
		}
	}

	private void release() {
		for (ByteBuf part = waiting.poll(); part != null; part = waiting.poll()) {
			part.release();
		}
	}

	@Override
	public void subscribe(CoreSubscriber<? super ByteBuf> actual) {
		subscriber = actual;
		client.pipeline().addFirst(writability);
		actual.onSubscribe(this);
	}

	@Override
	public void request(long n) {
		if (client.eventLoop().inEventLoop()) {
			demand = Operators.addCap(demand, n);
			drain();
		}
		else {
			client.eventLoop().execute(() -> request(n));
		}
	}

	@Override
	public void cancel() {
		if (client.eventLoop().inEventLoop()) {
			discard();
		}
		else {
			client.eventLoop().execute(this::discard);
		}
	}

	private void drain() {
		if (draining || over || subscriber == null) {
			return;
		}
		draining = true;
		while (!over && demand > 0 && !waiting.isEmpty() && client.isWritable()) {
			demand--;
			ByteBuf part = Objects.requireNonNull(waiting.poll());
			waitingBytes -= part.readableBytes();
			subscriber.onNext(part);
		}
		draining = false;
		if (!over && complete && waiting.isEmpty()) {
			over = true;
			stopListening();
			subscriber.onComplete();
		}
		else {
			throttle();
		}
	}

	private void throttle() {
		UpstreamCall call = forwarding.call();
		if (call != null && !over) {
			call.read(waitingBytes < MOST_WAITING);
		}
	}

	private void stopListening() {
		if (client.pipeline().context(writability) != null) {
			client.pipeline().remove(writability);
		}
	}

}
