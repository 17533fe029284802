package io.tandem.gateway.upstream;

import java.time.Duration;
import java.util.Objects;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.tandem.gateway.balance.Failure;
import org.jspecify.annotations.Nullable;

/**
 * One request to one instance and its answer. Confined to the event loop of the client's
 * connection.
 */
public final class UpstreamCall {

	private final boolean toHead;

	private final BodyFraming framing;

	private final AnswerListener listener;

	/** Until it is sent. */
	private @Nullable ByteBuf head;

	private long patience;

	private @Nullable UpstreamConnection connection;

	private boolean over;

	/** While it waits for a connection. */
	private long waitsUntil;

	/**
	 * Describes a call.
	 * @param head of the request, as it is sent; released if it is not
	 * @param toHead whether it is a HEAD request, whose answer has no body
	 * @param framing of the body that follows in parts
	 * @param patience how long to wait for the answer
	 */
	public UpstreamCall(ByteBuf head, boolean toHead, BodyFraming framing, Duration patience, AnswerListener listener) {
		this.head = head;
		this.toHead = toHead;
		this.framing = framing;
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
			releaseHead();
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

	/** Hands the head over. */
	ByteBuf takeHead() {
		ByteBuf taken = Objects.requireNonNull(head, "sent once");
		head = null;
		return taken;
	}

	private void releaseHead() {
		if (head != null) {
			takeHead().release();
		}
	}

	boolean toHead() {
		return toHead;
	}

	BodyFraming framing() {
		return framing;
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
			releaseHead();
			connection = null;
			listener.failed(failure);
		}
	}

}
