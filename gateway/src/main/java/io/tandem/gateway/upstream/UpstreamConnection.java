package io.tandem.gateway.upstream;

import java.io.IOException;
import java.time.Duration;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.tandem.gateway.balance.Failure;
import org.jspecify.annotations.Nullable;

/**
 * A connection to an instance: the last handler of its pipeline. Carries one call after
 * the other.
 */
final class UpstreamConnection extends ChannelInboundHandlerAdapter implements ChannelFutureListener {

	/** How long an instance that takes nothing more can still be heard. */
	private static final long LAST_WORDS = Duration.ofSeconds(1).toNanos();

	private final ConnectionPool pool;

	private final Channel channel;

	private final AnswerDecoder decoder;

	private final long established;

	private long idleSince;

	private @Nullable UpstreamCall call;

	/** Place among the busy ones, see {@link Deadlines}. */
	private int index;

	private long deadline;

	private boolean opening;

	private boolean sent;

	private boolean chunked;

	/** Whether nothing more can be sent. */
	private boolean mute;

	private boolean answering;

	private boolean interim;

	private boolean reusable;

	/** Whether a call has ended and the next may begin. */
	private boolean free;

	UpstreamConnection(ConnectionPool pool, Channel channel, int maxHeaderSize, long now) {
		this.pool = pool;
		this.channel = channel;
		this.decoder = new AnswerDecoder(maxHeaderSize, pool.vocabulary());
		this.established = now;
		channel.pipeline().addLast(decoder, this);
	}

	long established() {
		return established;
	}

	long idleSince() {
		return idleSince;
	}

	void idleSince(long now) {
		idleSince = now;
	}

	boolean isActive() {
		return channel.isActive();
	}

	void close() {
		var _ = channel.close();
	}

	int index() {
		return index;
	}

	void index(int index) {
		this.index = index;
	}

	/** When the call has failed; 0 while nothing is expected of the instance. */
	long deadline() {
		return deadline;
	}

	void begin(UpstreamCall next) {
		call = next;
		next.begin(this);
		decoder.toHead(next.toHead());
		answering = false;
		interim = false;
		reusable = true;
		sent = next.framing() == BodyFraming.NONE;
		chunked = next.framing() == BodyFraming.CHUNKED;
		deadline = sent ? pool.now() + next.patience() : 0;
		pool.deadlines().add(this);
		opening = true;
		var _ = channel.write(next.takeHead(), channel.voidPromise());
		next.listener().connected();
		opening = false;
		channel.flush();
	}

	void send(ByteBuf part) {
		if (mute) {
			part.release();
			return;
		}
		deadline = pool.now() + pool.responseTimeout();
		boolean isChunk = chunked && part.isReadable();
		if (isChunk) {
			var _ = channel.write(Chunk.begin(part.readableBytes()), channel.voidPromise());
		}
		channel.write(part).addListener(this);
		if (isChunk) {
			var _ = channel.write(Chunk.end(), channel.voidPromise());
		}
		flush();
	}

	void sendLast() {
		if (mute) {
			return;
		}
		sent = true;
		deadline = pool.now() + patience();
		if (chunked) {
			var _ = channel.write(Chunk.last(), channel.voidPromise());
		}
		flush();
	}

	private void flush() {
		if (!opening) {
			channel.flush();
		}
	}

	/** Some of the body was written: the instance goes on reading. */
	@Override
	public void operationComplete(ChannelFuture future) {
		if (future.cause() instanceof IOException) {
			silence();
		}
		else if (!sent && call != null) {
			// With nothing under way it is the client's turn.
			deadline = isWriting() ? pool.now() + pool.responseTimeout() : 0;
		}
	}

	private boolean isWriting() {
		ChannelOutboundBuffer written = channel.unsafe().outboundBuffer();
		return written != null && !written.isEmpty();
	}

	/**
	 * Nothing more reaches the instance. Its answer may be here all the same: one that
	 * refuses an upload need not read it. After that comes the end of the connection.
	 */
	private void silence() {
		if (call == null) {
			close();
		}
		else if (!mute) {
			mute = true;
			sent = false;
			deadline = pool.now() + (answering ? patience() : LAST_WORDS);
		}
	}

	private long patience() {
		return (call != null) ? call.patience() : 0;
	}

	boolean isWritable() {
		return channel.isWritable();
	}

	void read(boolean on) {
		if (channel.config().isAutoRead() != on) {
			// Nothing is expected of the instance while the client does not read.
			deadline = on ? pool.now() + patience() : 0;
			channel.config().setAutoRead(on);
		}
	}

	void extend() {
		deadline = pool.now() + patience();
	}

	void abandon() {
		detach();
		var _ = channel.close();
	}

	void upgrade(ChannelHandler handler, Runnable ready) {
		detach();
		channel.pipeline().addLast(handler);
		channel.pipeline().remove(this);
		ready.run();
		// Last: it hands on what it has read too much.
		channel.pipeline().remove(decoder);
	}

	private @Nullable UpstreamCall detach() {
		UpstreamCall current = call;
		if (current != null) {
			call = null;
			pool.deadlines().remove(this);
		}
		return current;
	}

	void expire() {
		fail(mute ? Failure.BROKEN : Failure.TIMED_OUT);
	}

	private void fail(Failure failure) {
		UpstreamCall failed = detach();
		var _ = channel.close();
		if (failed != null) {
			failed.fail(failure);
		}
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		UpstreamCall current = call;
		if (current == null || !(message instanceof HttpObject object)) {
			// Nobody has asked.
			ReferenceCountUtil.release(message);
			var _ = channel.close();
		}
		else if (object.decoderResult().isFailure()) {
			ReferenceCountUtil.release(message);
			fail(Failure.INVALID_RESPONSE);
		}
		else if (message instanceof HttpResponse head) {
			head(head, current);
		}
		else if (message instanceof HttpContent content) {
			content(content, current);
		}
	}

	private void head(HttpResponse head, UpstreamCall current) {
		interim = head.status().codeClass() == HttpStatusClass.INFORMATIONAL
				&& !head.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS);
		if (!interim) {
			answering = true;
			reusable = HttpUtil.isKeepAlive(head) && decoder.knowsTheEndOf(head);
			current.listener().head(head);
		}
	}

	private void content(HttpContent content, UpstreamCall current) {
		if (content.content().isReadable()) {
			current.listener().body(content.content());
		}
		else {
			content.release();
		}
		if (content instanceof LastHttpContent && call == current) {
			if (interim) {
				interim = false;
			}
			else {
				end();
			}
		}
	}

	private void end() {
		UpstreamCall ended = detach();
		decoder.complete();
		free = reusable && sent;
		if (!free) {
			var _ = channel.close();
		}
		if (ended != null) {
			ended.end();
		}
	}

	@Override
	public void channelReadComplete(ChannelHandlerContext context) {
		if (call == null) {
			release();
		}
		else if (answering) {
			if (channel.config().isAutoRead()) {
				deadline = pool.now() + patience();
			}
			call.listener().pause();
		}
	}

	/**
	 * Not before everything is read that came with the end of an answer: what else has
	 * arrived would be taken for the next one.
	 */
	private void release() {
		if (decoder.hasMore()) {
			var _ = channel.close();
		}
		else if (free && channel.isActive()) {
			free = false;
			channel.config().setAutoRead(true);
			pool.release(this);
		}
	}

	@Override
	public void channelWritabilityChanged(ChannelHandlerContext context) {
		if (call != null && !sent && channel.isWritable()) {
			call.listener().writable();
		}
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		fail(Failure.BROKEN);
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		if (cause instanceof IOException) {
			silence();
		}
		else {
			fail(Failure.INVALID_RESPONSE);
		}
	}

}
