package io.tandem.webapp.shutdown;

import java.time.Duration;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.context.SmartLifecycle;

/**
 * The first step of the shutdown: the readiness fails already, which Spring Boot sees to,
 * but requests are answered. Tomcat's own graceful shutdown answers 503 to requests that
 * arrive over connections that a gateway had kept.
 */
class ShutdownAnnouncement implements SmartLifecycle {

	private static final Log logger = LogFactory.getLog(ShutdownAnnouncement.class);

	private final Duration time;

	private volatile boolean running;

	private volatile boolean made;

	ShutdownAnnouncement(ShutdownProperties properties) {
		this.time = properties.announce();
	}

	/** Whether the instance is about to end. */
	boolean isMade() {
		return this.made;
	}

	@Override
	public void start() {
		this.running = true;
	}

	@Override
	public void stop() {
		this.running = false;
		this.made = true;
		if (this.time.isZero()) {
			return;
		}
		logger.info("Ending: readiness fails, requests are answered for another %d ms".formatted(this.time.toMillis()));
		try {
			Thread.sleep(this.time);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	/** Before everything else at shutdown. */
	@Override
	public int getPhase() {
		return Integer.MAX_VALUE;
	}

}
