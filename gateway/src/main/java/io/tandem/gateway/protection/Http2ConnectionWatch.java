package io.tandem.gateway.protection;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Closes HTTP/2 connections without a stream for too long, also those that drip the
 * header of one, and those whose clients do not read. The streams have a
 * {@link SlowClientWatch} each.
 */
final class Http2ConnectionWatch extends ChannelDuplexHandler {

	private final TimeLimits limits;

	private final Http2FrameCodec codec;

	private final UnreadResponse unread;

	private int ticks;

	private @Nullable Future<?> timer;

	Http2ConnectionWatch(TimeLimits limits, Http2FrameCodec codec) {
		this.limits = limits;
		this.codec = codec;
		this.unread = UnreadResponse.ofConnection(limits);
	}

	@Override
	public void handlerAdded(ChannelHandlerContext context) {
		long tick = limits.tick().toMillis();
		timer = context.executor().scheduleWithFixedDelay(() -> tick(context), tick, tick, TimeUnit.MILLISECONDS);
	}

	@Override
	public void handlerRemoved(ChannelHandlerContext context) {
		Future<?> running = timer;
		if (running != null) {
			running.cancel(false);
		}
	}

	@Override
	@SuppressWarnings("FutureReturnValueIgnored")
	public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
		context.write(message, unread.add((message instanceof ByteBuf bytes) ? bytes.readableBytes() : 0, promise));
	}

	/** Nobody else on this connection would, apart from a warning in the log. */
	@Override
	@SuppressWarnings("FutureReturnValueIgnored")
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		if (cause instanceof IOException) {
			context.close();
		}
		else {
			context.fireExceptionCaught(cause);
		}
	}

	@SuppressWarnings("FutureReturnValueIgnored")
	private void tick(ChannelHandlerContext context) {
		ticks = (codec.connection().numActiveStreams() == 0) ? ticks + 1 : 0;
		if (unread.isTooSlow(context.channel())) {
			UnreadResponse.reset(context);
		}
		else if (ticks > limits.idle()) {
			context.channel().close();
		}
	}

}
