package io.tandem.gateway.protection;

import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufHolder;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import reactor.netty.NettyPipeline;

/**
 * Cuts clients that take too long: over a request header, over a body, over reading a
 * response, or between requests. Sits in front of the codec and counts bytes.
 * <p>
 * Only the client's own slowness counts: a body that the gateway is not reading because
 * an instance is slow costs the client nothing.
 */
final class SlowClientWatch extends ChannelDuplexHandler implements Phases {

	private final TimeLimits limits;

	private final Cut cut;

	private final MinimumRate sending;

	private final UnreadResponse unread;

	/** A new connection has to send its first request. */
	private Phase phase = Phase.HEADER;

	/** In this phase. */
	private int ticks;

	private boolean begun;

	/** Whether the gateway waits for bytes. */
	private boolean wanted;

	private long received;

	private @Nullable Future<?> timer;

	SlowClientWatch(TimeLimits limits, UnreadResponse unread, Cut cut) {
		this.limits = limits;
		this.cut = cut;
		this.sending = limits.newRate();
		this.unread = unread;
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
	public void channelInactive(ChannelHandlerContext context) {
		handlerRemoved(context);
		context.fireChannelInactive();
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		received += size(message);
		begun = true;
		if (phase == Phase.IDLE) {
			enter(Phase.HEADER);
		}
		context.fireChannelRead(message);
	}

	private static int size(Object message) {
		return (message instanceof ByteBuf bytes) ? bytes.readableBytes()
				: (message instanceof ByteBufHolder holder) ? holder.content().readableBytes() : 0;
	}

	@Override
	public void channelReadComplete(ChannelHandlerContext context) {
		wanted = false;
		context.fireChannelReadComplete();
	}

	@Override
	public void read(ChannelHandlerContext context) {
		wanted = true;
		context.read();
	}

	@Override
	@SuppressWarnings("FutureReturnValueIgnored")
	public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
		context.write(message, unread.add(size(message), promise));
	}

	private void tick(ChannelHandlerContext context) {
		boolean readTooSlowly = unread.isTooSlow(context.channel());
		ticks = unread.isEmpty() ? ticks + 1 : 0;
		boolean slow = switch (phase) {
			case HEADER -> ticks > limits.header();
			case IDLE -> ticks > limits.idle();
			case BODY -> wanted && sending.isTooSlowAfter(received);
			case RESPONSE, OVER -> false;
		};
		received = 0;
		if (slow) {
			boolean somebodyWaits = phase != Phase.IDLE && begun;
			phase = Phase.OVER;
			cut.tooSlow(somebodyWaits);
		}
		else if (readTooSlowly && !isWebSocket(context)) {
			UnreadResponse.reset(context);
		}
	}

	/**
	 * Whoever reads a WebSocket may take its time: back-pressure reaches the other end,
	 * and whether anything moves at all is watched there. The codec makes way for it.
	 */
	private static boolean isWebSocket(ChannelHandlerContext context) {
		return context.channel() instanceof DuplexChannel && context.pipeline().get(NettyPipeline.HttpCodec) == null;
	}

	private void enter(Phase next) {
		phase = next;
		ticks = 0;
	}

	@Override
	public void body() {
		enter(Phase.BODY);
		sending.restart();
	}

	@Override
	public void complete(int unanswered) {
		enter((unanswered > 0) ? Phase.RESPONSE : Phase.IDLE);
	}

	@Override
	public void idle() {
		enter(Phase.IDLE);
	}

	@Override
	public void over() {
		enter(Phase.OVER);
	}

	private enum Phase {

		/** Between requests. */
		IDLE,

		HEADER,

		BODY,

		/** The client waits. */
		RESPONSE,

		/** About to be closed. */
		OVER

	}

	/** Ends a connection. */
	@FunctionalInterface
	interface Cut {

		/**
		 * Called on the event loop.
		 * @param begun whether a part of a request has arrived, so that there is somebody
		 * to tell
		 */
		void tooSlow(boolean begun);

	}

}
