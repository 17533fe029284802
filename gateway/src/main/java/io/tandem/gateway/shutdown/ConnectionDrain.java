package io.tandem.gateway.shutdown;

import java.time.Duration;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;

/**
 * The second step of the shutdown: the port is closed, requests under way end. Spring
 * Boot's own way closes the port and the connections without a request at the same time,
 * and with them those that were accepted a moment ago and whose request is on the way.
 */
final class ConnectionDrain implements SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(ConnectionDrain.class);

	private static final Duration PACE = Duration.ofMillis(20);

	private static final Duration ACCEPTED_WITHIN = Duration.ofMillis(100);

	private final PublicListener listener;

	private final Duration linger;

	private final Duration longest;

	private volatile boolean running;

	ConnectionDrain(PublicListener listener, Duration linger, Duration longest) {
		this.listener = listener;
		this.linger = linger;
		this.longest = longest;
	}

	@Override
	public void start() {
		running = true;
	}

	@Override
	public void stop() {
		running = false;
		try {
			listener.handOver();
			// What is waiting to be accepted is, meanwhile.
			Thread.sleep(ACCEPTED_WITHIN);
			listener.close();
			// Those that were accepted since the first announcement.
			listener.announceEnd();
			long begin = System.nanoTime();
			while (listener.connections() > 0 && System.nanoTime() - begin < longest.toNanos()) {
				listener.closeQuiet(linger);
				Thread.sleep(PACE);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		if (listener.connections() > 0) {
			logger.warn("Ending with {} requests under way, {} s after the last connection was accepted",
					listener.connections(), longest.toSeconds());
		}
	}

	@Override
	public boolean isRunning() {
		return running;
	}

	/** Instead of Spring Boot's graceful shutdown, which then finds nothing to do. */
	@Override
	public int getPhase() {
		return WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE + 1;
	}

}
