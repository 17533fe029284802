package io.tandem.gateway.accesslog;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AttributeKey;
import io.tandem.gateway.balance.Dispatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.context.SmartLifecycle;

/**
 * A bounded queue and the one thread that empties it. Whoever offers never waits: what
 * does not fit, or what the disk refuses, is dropped and counted.
 */
public final class AccessLog implements SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(AccessLog.class);

	static final AttributeKey<Dispatch> DISPATCH = AttributeKey.valueOf("tandem.dispatch");

	static final AttributeKey<Boolean> UPGRADED = AttributeKey.valueOf("tandem.upgraded");

	private static final int BATCH = 512;

	private static final Duration LAST_LINES = Duration.ofSeconds(2);

	private static final long POLL_MILLIS = 100;

	private final BlockingQueue<AccessEntry> queue;

	private final LongAdder dropped = new LongAdder();

	private final LineOutput output;

	private final String node;

	private final JsonMapper json;

	private volatile boolean running;

	private volatile @Nullable Thread writer;

	/** Whether the last batch could not be written; only used by the writer. */
	private boolean refused;

	AccessLog(int capacity, LineOutput output, String node, JsonMapper json) {
		this.queue = new ArrayBlockingQueue<>(capacity);
		this.output = output;
		this.node = node;
		this.json = json;
	}

	/**
	 * Makes the handler that notes what happens on a connection or an HTTP/2 stream. Its
	 * place is between the codec and whoever refuses requests.
	 * @param client finds out from the header of a request whose it is
	 * @return the handler
	 */
	public ChannelHandler handler(Function<HttpHeaders, InetAddress> client) {
		return new AccessLogHandler(this, client, Clock.systemUTC(), System::nanoTime);
	}

	/**
	 * Notes where the request goes that is being answered on a connection or a stream.
	 * @param channel the connection or stream
	 * @param dispatch the request's way
	 */
	public static void dispatched(Channel channel, Dispatch dispatch) {
		channel.attr(DISPATCH).set(dispatch);
	}

	/**
	 * Notes that a connection is a WebSocket from now on, about which no handler of HTTP
	 * learns anything.
	 * @param channel the connection
	 */
	public static void upgraded(Channel channel) {
		channel.attr(UPGRADED).set(true);
	}

	void offer(AccessEntry entry) {
		if (!queue.offer(entry)) {
			dropped.increment();
		}
	}

	/** Requests that wait to be written. */
	int queued() {
		return queue.size();
	}

	/** Requests that were not logged since the start. */
	long dropped() {
		return dropped.sum();
	}

	@Override
	public void start() {
		running = true;
		writer = Thread.ofPlatform().name("access-log").daemon().start(this::write);
	}

	private void write() {
		List<AccessEntry> batch = new ArrayList<>(BATCH);
		try {
			while (running || !queue.isEmpty()) {
				AccessEntry first = queue.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
				if (first != null) {
					batch.add(first);
					queue.drainTo(batch, BATCH - 1);
					write(batch);
					batch.clear();
				}
			}
			output.close();
		}
		catch (InterruptedException | IOException ex) {
			logger.warn("The access log ended early: {}", ex.toString());
		}
	}

	private void write(List<AccessEntry> batch) {
		try {
			List<byte[]> lines = new ArrayList<>(batch.size());
			for (AccessEntry entry : batch) {
				lines.add(json.writeValueAsBytes(entry.fields(node)));
			}
			output.write(lines);
			refused = false;
		}
		catch (IOException | RuntimeException ex) {
			dropped.add(batch.size());
			if (!refused) {
				refused = true;
				logger.error("The access log cannot be written; requests are dropped from it until it can: {}",
						ex.toString());
			}
		}
	}

	@Override
	public void stop() {
		running = false;
		Thread thread = writer;
		try {
			if (thread != null && !thread.join(LAST_LINES)) {
				thread.interrupt();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public boolean isRunning() {
		return running;
	}

	/** Before the web server at start, after it at shutdown. */
	@Override
	public int getPhase() {
		return 0;
	}

}
