package io.tandem.gateway.upstream;

import java.time.Duration;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.tandem.gateway.balance.Failure;
import org.jspecify.annotations.Nullable;

/**
 * One request to one instance and its answer. Confined to the event loop of the client's
 * connection.
 */
public final class UpstreamCall {

	private final HttpRequest head;

	private final boolean withBody;

	private final AnswerListener listener;

	private long patience;

	private @Nullable UpstreamConnection connection;

	private boolean over;

	/** While it waits for a connection. */
	private long waitsUntil;

	/**
	 * Describes a call.
	 * @param head with an empty body, if that is all
	 * @param withBody whether a body follows in parts
	 * @param patience how long to wait for the answer
	 */
	public UpstreamCall(HttpRequest head, boolean withBody, Duration patience, AnswerListener listener) {
		this.head = head;
		this.withBody = withBody;
		this.patience = patience.toNanos();
		this.listener = listener;
	}

	/** Sends some of the body and releases it. */
	public void send(ByteBuf part) {
		if (connection != null) {
			connection.send(part);
		}
		else {
			part.release();
		}
	}

	/** Says that the body is complete. */
	public void sendLast() {
		if (connection != null) {
			connection.sendLast();
		}
	}

	public boolean isWritable() {
		return connection != null && connection.isWritable();
	}

	/** Stops or continues reading the answer. */
	public void read(boolean on) {
		if (connection != null) {
			connection.read(on);
		}
	}

	/** Allows for longer pauses in the answer from now on. */
	public void patience(Duration pauses) {
		patience = pauses.toNanos();
		if (connection != null) {
			connection.extend();
		}
	}

	/** Gives the call up. The listener hears nothing more. */
	public void abort() {
		if (!over) {
			over = true;
			if (connection != null) {
				connection.abandon();
			}
		}
	}

	/**
	 * Hands the connection over to a handler that understands the protocol of a 101.
	 * @param ready called when the handler can write and has not read anything yet
	 */
	public void upgrade(ChannelHandler handler, Runnable ready) {
		over = true;
		if (connection != null) {
			connection.upgrade(handler, ready);
		}
	}

	HttpRequest head() {
		return head;
	}

	boolean isHead() {
		return HttpMethod.HEAD.equals(head.method());
	}

	boolean withBody() {
		return withBody;
	}

	long patience() {
		return patience;
	}

	AnswerListener listener() {
		return listener;
	}

	boolean isOver() {
		return over;
	}

	void waitUntil(long deadline) {
		waitsUntil = deadline;
	}

	long waitsUntil() {
		return waitsUntil;
	}

	void begin(UpstreamConnection connection) {
		this.connection = connection;
	}

	void end() {
		if (!over) {
			over = true;
			connection = null;
			listener.ended();
		}
	}

	void fail(Failure failure) {
		if (!over) {
			over = true;
			connection = null;
			listener.failed(failure);
		}
	}

}
