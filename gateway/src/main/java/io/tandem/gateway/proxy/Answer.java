package io.tandem.gateway.proxy;

import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.util.AsciiString;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.util.context.Context;

import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/**
 * The answer on its way to the client. It is held back until its first byte has arrived,
 * so that another instance can still be asked, and if everything has arrived by then it
 * leaves in one piece.
 */
final class Answer implements CoreSubscriber<Void> {

	/** An answer that has grown so large does not wait for its end. */
	private static final int LARGEST_WHOLE = 64 * 1024;

	/** With more than that they are copied into one. */
	private static final int MOST_PARTS = 64;

	private static final AsciiString SERVER_TIMING = AsciiString.cached("Server-Timing");

	private final Forwarding forwarding;

	private final Client client;

	private final List<MediaType> streamingTypes;

	private @Nullable HttpResponse head;

	/** What has arrived of the body, as long as none of it has been sent. */
	private @Nullable ByteBuf held;

	private @Nullable AnswerStream stream;

	private @Nullable Subscription writing;

	private boolean committed;

	private boolean upgraded;

	Answer(Forwarding forwarding, Client client, List<MediaType> streamingTypes) {
		this.forwarding = forwarding;
		this.client = client;
		this.streamingTypes = streamingTypes;
	}

	/** Whether the client may have received some of it. */
	boolean isCommitted() {
		return committed;
	}

	boolean isUpgraded() {
		return upgraded;
	}

	void upgraded() {
		committed = true;
		upgraded = true;
	}

	/** What the instance says of its work. */
	@Nullable String serverTiming() {
		return (head != null) ? head.headers().get(SERVER_TIMING) : null;
	}

	void head(HttpResponse head) {
		this.head = head;
	}

	void body(ByteBuf part) {
		if (stream != null) {
			stream.add(part);
			return;
		}
		ByteBuf all = (held != null) ? join(held, part) : part;
		held = all;
		if (all.readableBytes() > LARGEST_WHOLE) {
			begin(isStreaming());
		}
	}

	private static ByteBuf join(ByteBuf held, ByteBuf part) {
		CompositeByteBuf all = (held instanceof CompositeByteBuf composite) ? composite
				: part.alloc().compositeBuffer(MOST_PARTS).addComponent(true, held);
		return all.addComponent(true, part);
	}

	void pause() {
		if (stream == null && head != null) {
			boolean streaming = isStreaming();
			if (streaming || held != null) {
				begin(streaming);
			}
		}
		else if (stream != null) {
			stream.pause();
		}
	}

	private boolean isStreaming() {
		String type = (head != null) ? head.headers().get(HttpHeaderNames.CONTENT_TYPE) : null;
		if (type == null) {
			return false;
		}
		try {
			MediaType parsed = MediaType.parseMediaType(type);
			return streamingTypes.stream().anyMatch((each) -> each.isCompatibleWith(parsed));
		}
		catch (InvalidMediaTypeException ex) {
			return false;
		}
	}

	/** Begins to send before the end is there. */
	private void begin(boolean streaming) {
		applyHead();
		forwarding.begins(streaming);
		AnswerStream begun = new AnswerStream(forwarding, client.channel());
		stream = begun;
		// WebFlux waits for the first part before it sends the head.
		begun.add((held != null) ? held : Unpooled.EMPTY_BUFFER);
		held = null;
		client.send(begun).subscribe(this);
	}

	void ended() {
		if (stream != null) {
			stream.end();
			return;
		}
		applyHead();
		if (held == null) {
			client.sendHead().subscribe(this);
			return;
		}
		ByteBuf whole = held;
		held = null;
		client.send(whole).subscribe(this);
	}

	private void applyHead() {
		if (head != null) {
			client.answer(head);
		}
		committed = true;
	}

	/** Forgets an answer of which nothing has been sent. */
	void reset() {
		head = null;
		release();
	}

	/** Gives up an answer of which something may have been sent. */
	void discard() {
		release();
		if (stream != null) {
			stream.discard();
		}
		if (writing != null) {
			writing.cancel();
		}
	}

	private void release() {
		if (held != null) {
			held.release();
			held = null;
		}
	}

	@Override
	public Context currentContext() {
		return forwarding.subscriber().currentContext();
	}

	@Override
	public void onSubscribe(Subscription subscription) {
		writing = subscription;
		subscription.request(Long.MAX_VALUE);
	}

	@Override
	public void onNext(Void nothing) {
		// There is none.
	}

	@Override
	public void onError(Throwable error) {
		if (client.channel().isActive()) {
			forwarding.fail(error);
		}
		else {
			// It left: nobody is there to be told.
			forwarding.cancel();
		}
	}

	@Override
	public void onComplete() {
		if (stream != null && !stream.isDelivered()) {
			// Reactor Netty calls it complete when the client leaves.
			forwarding.cancel();
			return;
		}
		forwarding.written((head != null) ? head.status().code() : 0);
	}

}
