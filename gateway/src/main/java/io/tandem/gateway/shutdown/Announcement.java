package io.tandem.gateway.shutdown;

import java.time.Duration;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;

/**
 * The first step of the shutdown: the readiness fails already, which Spring Boot sees to,
 * and clients are asked for another connection, but requests are accepted as before.
 * Whoever sends them has time to notice and to turn to another gateway.
 */
final class Announcement implements SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(Announcement.class);

	private final PublicListener listener;

	private final Duration time;

	private volatile boolean running;

	private volatile boolean made;

	Announcement(PublicListener listener, Duration time) {
		this.listener = listener;
		this.time = time;
	}

	/** Whether the gateway is about to end. */
	boolean isMade() {
		return made;
	}

	@Override
	public void start() {
		running = true;
	}

	@Override
	public void stop() {
		running = false;
		made = true;
		listener.announceEnd();
		if (time.isZero()) {
			return;
		}
		logger.info("Ending: readiness fails, requests are accepted for another {} ms", time.toMillis());
		try {
			Thread.sleep(time);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public boolean isRunning() {
		return running;
	}

	/** Before everything else at shutdown. */
	@Override
	public int getPhase() {
		return Integer.MAX_VALUE;
	}

}
