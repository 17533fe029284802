package io.tandem.gateway.proxy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;

import io.netty.channel.ChannelException;
import io.netty.handler.codec.CodecException;
import io.netty.handler.timeout.TimeoutException;
import io.tandem.gateway.balance.Failure;
import org.jspecify.annotations.Nullable;
import reactor.netty.channel.AbortedException;
import reactor.netty.internal.shaded.reactor.pool.PoolAcquirePendingLimitException;
import reactor.netty.internal.shaded.reactor.pool.PoolAcquireTimeoutException;

/**
 * Tells from an exception of the HTTP client what happened to the request.
 */
final class Failures {

	private static final String NOTHING_SENT = String.valueOf(AbortedException.beforeSend().getMessage());

	private Failures() {
	}

	/**
	 * Classifies an error.
	 * @return null if it was not the instance that failed
	 */
	static @Nullable Failure classify(Throwable error) {
		return switch (error) {
			case ConnectException _, UnknownHostException _, NoRouteToHostException _ -> Failure.UNREACHABLE;
			case PoolAcquireTimeoutException _, PoolAcquirePendingLimitException _ -> Failure.BUSY;
			case TimeoutException _ -> Failure.TIMED_OUT;
			case AbortedException aborted when NOTHING_SENT.equals(aborted.getMessage()) -> Failure.NOT_SENT;
			case IOException _, AbortedException _, ChannelException _ -> Failure.BROKEN;
			// Netty reports some violations of HTTP by the latter.
			case CodecException _, IllegalArgumentException _ -> Failure.INVALID_RESPONSE;
			default -> null;
		};
	}

}
