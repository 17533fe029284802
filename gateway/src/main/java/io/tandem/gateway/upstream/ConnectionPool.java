package io.tandem.gateway.upstream;

import java.util.ArrayDeque;
import java.util.Deque;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.util.concurrent.Future;
import io.tandem.gateway.balance.Failure;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one event loop to one instance, the last used first. Needs no lock:
 * everything happens on the loop.
 */
final class ConnectionPool {

	private final UpstreamProperties limits;

	private final LoopUpstream loop;

	private final Bootstrap bootstrap;

	private final @Nullable UpstreamTls tls;

	private final int size;

	private final Deque<UpstreamConnection> idle = new ArrayDeque<>();

	private final Deque<UpstreamCall> waiting = new ArrayDeque<>();

	/** Connections that exist or are being established. */
	private int open;

	/**
	 * Creates an empty pool.
	 * @param size the most connections
	 */
	ConnectionPool(UpstreamProperties limits, LoopUpstream loop, Bootstrap bootstrap, @Nullable UpstreamTls tls,
			int size) {
		this.limits = limits;
		this.loop = loop;
		this.bootstrap = bootstrap;
		this.tls = tls;
		this.size = size;
	}

	/**
	 * Sends a call as soon as there is a connection for it.
	 * @param fresh whether a new one is wanted: those that are idle may be stale
	 */
	void send(UpstreamCall call, boolean fresh) {
		UpstreamConnection connection = fresh ? null : pollIdle();
		if (connection != null) {
			connection.begin(call);
			return;
		}
		if (open >= size && !idle.isEmpty()) {
			closeOldest();
		}
		if (open < size) {
			connect(call);
		}
		else {
			call.waitUntil(now() + limits.acquireTimeout().toNanos());
			waiting.add(call);
		}
	}

	private @Nullable UpstreamConnection pollIdle() {
		long now = now();
		for (UpstreamConnection last = idle.pollLast(); last != null; last = idle.pollLast()) {
			if (last.isActive() && isUsable(last, now)) {
				return last;
			}
			last.close();
		}
		return null;
	}

	private boolean isUsable(UpstreamConnection connection, long now) {
		return now - connection.idleSince() < limits.maxIdleTime().toNanos()
				&& now - connection.established() < limits.maxLifeTime().toNanos();
	}

	private void closeOldest() {
		UpstreamConnection oldest = idle.pollFirst();
		if (oldest != null) {
			oldest.close();
		}
	}

	private void connect(UpstreamCall call) {
		open++;
		ChannelFuture connected = bootstrap.connect();
		Channel channel = connected.channel();
		connected.addListener((future) -> connected(channel, future, call));
	}

	private void connected(Channel channel, Future<?> future, UpstreamCall call) {
		if (!future.isSuccess()) {
			lost();
			call.fail(Failure.UNREACHABLE);
			return;
		}
		channel.closeFuture().addListener((closed) -> lost());
		if (tls == null) {
			established(channel, call);
			return;
		}
		tls.handshake(channel).addListener((handshake) -> {
			if (handshake.isSuccess()) {
				established(channel, call);
			}
			else {
				var _ = channel.close();
				call.fail(Failure.UNREACHABLE);
			}
		});
	}

	private void established(Channel channel, UpstreamCall call) {
		UpstreamConnection connection = new UpstreamConnection(this, channel,
				Math.toIntExact(limits.maxHeaderSize().toBytes()), now());
		if (call.isOver()) {
			release(connection);
		}
		else {
			connection.begin(call);
		}
	}

	private void lost() {
		open--;
		UpstreamCall next = nextWaiting();
		if (next != null) {
			connect(next);
		}
	}

	/** Takes a connection back that has carried a call to its end. */
	void release(UpstreamConnection connection) {
		UpstreamCall next = nextWaiting();
		if (next != null) {
			connection.begin(next);
		}
		else if (loop.isClosed()) {
			connection.close();
		}
		else {
			connection.idleSince(now());
			idle.addLast(connection);
		}
	}

	private @Nullable UpstreamCall nextWaiting() {
		UpstreamCall next = waiting.poll();
		while (next != null && next.isOver()) {
			next = waiting.poll();
		}
		return next;
	}

	/** Ends what has waited or idled too long. */
	void expire(long now) {
		for (UpstreamCall first = waiting.peek(); first != null
				&& (first.isOver() || now - first.waitsUntil() >= 0); first = waiting.peek()) {
			waiting.poll();
			first.fail(Failure.BUSY);
		}
		for (UpstreamConnection oldest = idle.peekFirst(); oldest != null
				&& !(oldest.isActive() && isUsable(oldest, now)); oldest = idle.peekFirst()) {
			closeOldest();
		}
	}

	void closeIdle() {
		while (!idle.isEmpty()) {
			closeOldest();
		}
	}

	boolean isWaitedFor() {
		return !waiting.isEmpty();
	}

	boolean isEmpty() {
		return open == 0 && waiting.isEmpty();
	}

	long now() {
		return loop.now();
	}

	long responseTimeout() {
		return loop.responseTimeout();
	}

	Deadlines deadlines() {
		return loop.deadlines();
	}

	Vocabulary vocabulary() {
		return loop.vocabulary();
	}

}
