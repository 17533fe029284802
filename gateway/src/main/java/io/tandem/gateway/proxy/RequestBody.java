package io.tandem.gateway.proxy;

import io.netty.buffer.ByteBuf;
import io.tandem.gateway.upstream.UpstreamCall;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;

/**
 * Passes the body of a request on while it arrives, no faster than the instance reads it.
 */
final class RequestBody implements CoreSubscriber<ByteBuf> {

	/** Parts that are asked for at a time. */
	private static final int AHEAD = 4;

	private final Forwarding forwarding;

	private final UpstreamCall call;

	private @Nullable Subscription subscription;

	private int owed;

	private boolean over;

	RequestBody(Forwarding forwarding, UpstreamCall call) {
		this.forwarding = forwarding;
		this.call = call;
	}

	@Override
	public void onSubscribe(Subscription subscription) {
		this.subscription = subscription;
		subscription.request(AHEAD);
	}

	@Override
	public void onNext(ByteBuf part) {
		if (over) {
			part.release();
			return;
		}
		call.send(part);
		owed++;
		if (call.isWritable()) {
			more();
		}
	}

	/** Asks for as much as was passed on since the last time. */
	void more() {
		int parts = owed;
		if (parts > 0 && subscription != null) {
			owed = 0;
			subscription.request(parts);
		}
	}

	@Override
	public void onComplete() {
		if (!over) {
			over = true;
			call.sendLast();
		}
	}

	@Override
	public void onError(Throwable error) {
		if (!over) {
			over = true;
			forwarding.bodyFailed(error);
		}
	}

	void cancel() {
		if (!over) {
			over = true;
			if (subscription != null) {
				subscription.cancel();
			}
		}
	}

}
