package io.tandem.gateway.proxy;

import java.util.Objects;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.tandem.gateway.accesslog.AccessLog;
import io.tandem.gateway.balance.Balancer;
import io.tandem.gateway.balance.Dispatch;
import io.tandem.gateway.balance.Failure;
import io.tandem.gateway.upstream.AnswerListener;
import io.tandem.gateway.upstream.UpstreamCall;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;

/**
 * The way of one request to an instance, to another if that fails, and of the answer back
 * to the client. Everything happens on the event loop of the client's connection.
 */
final class Forwarding extends Mono<Void> implements Subscription, AnswerListener {

	private final Forwarder forwarder;

	private final Client client;

	private final Answer answer;

	private @Nullable CoreSubscriber<? super Void> subscriber;

	private @Nullable Dispatch dispatch;

	private @Nullable UpstreamCall call;

	private @Nullable RequestBody body;

	private boolean done;

	Forwarding(Forwarder forwarder, Client client) {
		this.forwarder = forwarder;
		this.client = client;
		this.answer = new Answer(this, client, forwarder.streamingTypes());
	}

	@Override
	public void subscribe(CoreSubscriber<? super Void> actual) {
		subscriber = actual;
		actual.onSubscribe(this);
		if (client.channel().eventLoop().inEventLoop()) {
			begin();
		}
		else {
			client.channel().eventLoop().execute(this::begin);
		}
	}

	@Override
	public void request(long n) {
		// An answer comes whether it is asked for or not.
	}

	private void begin() {
		if (done) {
			return;
		}
		Balancer balancer = forwarder.balancer();
		boolean sticky = balancer.hasStickySessions();
		Dispatch first = balancer.dispatch(client.toBalance(sticky));
		if (first == null) {
			fail(Refusals.allInMaintenance());
			return;
		}
		dispatch = first;
		AccessLog.dispatched(client.channel(), first);
		client.dispatched(first, sticky);
		attempt(first);
	}

	private void attempt(Dispatch dispatch) {
		boolean impatient = !dispatch.isRetry() && client.isBodyless() && dispatch.hasAlternative();
		UpstreamCall next = new UpstreamCall(client.head(), HttpMethod.HEAD.equals(client.method()), client.framing(),
				impatient ? forwarder.limits().firstAttemptTimeout() : forwarder.limits().responseTimeout(), this);
		call = next;
		forwarder.upstream().send(next, dispatch.instance(), client.channel(), dispatch.isRetry());
	}

	@Override
	public void connected() {
		if (!client.isBodyless() && call != null) {
			body = new RequestBody(this, call);
			client.body().subscribe(body);
		}
	}

	@Override
	public void writable() {
		if (body != null) {
			body.more();
		}
	}

	@Override
	public void head(HttpResponse head) {
		if (!head.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS)) {
			answer.head(head);
		}
		else if (client.isUpgrade() && call != null) {
			AccessLog.upgraded(client.channel());
			answer.upgraded();
			new Tunnel(client.channel(), forwarder.limits().streamIdleTimeout()).open(head, call);
		}
		else if (call != null) {
			call.abort();
			failed(Failure.INVALID_RESPONSE);
		}
	}

	@Override
	public void body(ByteBuf part) {
		answer.body(part);
	}

	@Override
	public void pause() {
		answer.pause();
	}

	@Override
	public void ended() {
		call = null;
		endRequestBody();
		answer.ended();
	}

	@Override
	public void failed(Failure failure) {
		Dispatch failed = Objects.requireNonNull(dispatch, "a call has a dispatch");
		boolean untouched = body == null;
		call = null;
		endRequestBody();
		if (answer.isCommitted()) {
			failed.failed(failure, false);
			breakOff();
		}
		else if (failed.failed(failure, untouched)) {
			answer.reset();
			attempt(failed);
		}
		else {
			answer.reset();
			fail(Refusals.problem(failed));
		}
	}

	/** The client's own failure while it sent its body. */
	void bodyFailed(Throwable error) {
		if (call != null) {
			call.abort();
		}
		if (answer.isCommitted()) {
			breakOff();
		}
		else {
			answer.reset();
			fail((error instanceof Problem) ? error : new ClientGoneException(error));
		}
	}

	/**
	 * Ends a response whose rest will never come so that it cannot look complete: Spring
	 * would send the last chunk, or leave the connection open.
	 */
	private void breakOff() {
		answer.discard();
		var _ = client.channel().close();
	}

	private void endRequestBody() {
		if (body != null) {
			body.cancel();
		}
	}

	@Nullable UpstreamCall call() {
		return call;
	}

	/**
	 * The answer goes to the client before its end is there, so that no other instance
	 * can give it any more: sets the pauses that the rest may have.
	 */
	void begins(boolean streaming) {
		if (call != null) {
			call.patience(streaming ? forwarder.limits().streamIdleTimeout() : forwarder.limits().responseTimeout());
		}
	}

	CoreSubscriber<? super Void> subscriber() {
		return Objects.requireNonNull(subscriber, "subscribed");
	}

	/** The last byte has gone to the client. */
	void written(int status) {
		if (!done) {
			done = true;
			if (dispatch != null) {
				dispatch.account(answer.serverTiming());
				dispatch.answered(status);
			}
			subscriber().onComplete();
		}
	}

	void fail(Throwable error) {
		if (!done) {
			done = true;
			close();
			subscriber().onError(error);
		}
	}

	/** The client is gone. */
	@Override
	public void cancel() {
		Channel channel = client.channel();
		if (channel.eventLoop().inEventLoop()) {
			cancelled();
		}
		else {
			channel.eventLoop().execute(this::cancelled);
		}
	}

	private void cancelled() {
		if (!done) {
			done = true;
			if (answer.isUpgraded() && dispatch != null) {
				dispatch.answered(HttpResponseStatus.SWITCHING_PROTOCOLS.code());
			}
			close();
		}
	}

	private void close() {
		if (call != null && !answer.isUpgraded()) {
			call.abort();
			call = null;
		}
		endRequestBody();
		answer.discard();
		if (dispatch != null) {
			dispatch.close();
		}
	}

}
