package io.tandem.gateway.protection;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;

/**
 * Knows how much of what was written the client has not taken yet, and whether it takes
 * it fast enough.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a promise is a Future
abstract sealed class UnreadResponse {

	private final MinimumRate rate;

	private long written;

	private long taken;

	private long pending;

	private UnreadResponse(MinimumRate rate) {
		this.rate = rate;
	}

	/** For a connection, whose outbound buffer knows what is pending. */
	static UnreadResponse ofConnection(TimeLimits limits) {
		return new OfConnection(limits.newRate());
	}

	/** For an HTTP/2 stream, which has no such buffer. */
	static UnreadResponse ofStream(TimeLimits limits) {
		return new OfStream(limits.newRate());
	}

	/** Counts bytes that are written. */
	ChannelPromise add(int bytes, ChannelPromise promise) {
		written += bytes;
		return promise;
	}

	abstract long pending(Channel channel);

	/** Called once a tick. */
	boolean isTooSlow(Channel channel) {
		pending = pending(channel);
		long before = taken;
		taken = written - pending;
		if (pending == 0) {
			rate.restart();
			return false;
		}
		return rate.isTooSlowAfter(Math.max(0, taken - before));
	}

	/** As of the last tick. */
	boolean isEmpty() {
		return pending == 0;
	}

	/** What is still to be sent would keep the socket busy after an orderly close. */
	static void reset(ChannelHandlerContext context) {
		if (context.channel() instanceof DuplexChannel) {
			context.channel().config().setOption(ChannelOption.SO_LINGER, 0);
		}
		context.close();
	}

	private static final class OfConnection extends UnreadResponse {

		OfConnection(MinimumRate rate) {
			super(rate);
		}

		@Override
		long pending(Channel channel) {
			ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
			return (buffer != null) ? buffer.totalPendingWriteBytes() : 0;
		}

	}

	private static final class OfStream extends UnreadResponse {

		private long unconfirmed;

		OfStream(MinimumRate rate) {
			super(rate);
		}

		@Override
		ChannelPromise add(int bytes, ChannelPromise promise) {
			ChannelPromise counted = super.add(bytes, promise);
			unconfirmed += bytes;
			return counted.unvoid().addListener((done) -> unconfirmed -= bytes);
		}

		@Override
		long pending(Channel channel) {
			return unconfirmed;
		}

	}

}
