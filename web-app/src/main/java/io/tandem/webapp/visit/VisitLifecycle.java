package io.tandem.webapp.visit;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Flushes visits every second and, for the last time, after the web server has stopped.
 */
@Component
class VisitLifecycle implements SmartLifecycle {

	private static final Duration LAST_FLUSH_AT_MOST = Duration.ofSeconds(5);

	private static final Log logger = LogFactory.getLog(VisitLifecycle.class);

	private final VisitCounter counter;

	private final VisitFlusher flusher;

	private final Duration interval;

	private volatile @Nullable ScheduledExecutorService timer;

	VisitLifecycle(VisitCounter counter, VisitFlusher flusher, VisitProperties properties) {
		this.counter = counter;
		this.flusher = flusher;
		this.interval = properties.flushInterval();
	}

	@Override
	public void start() {
		ScheduledExecutorService starting = Executors
			.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("visits").factory());
		long nanos = this.interval.toNanos();
		var _ = starting.scheduleWithFixedDelay(this.flusher::flush, nanos, nanos, TimeUnit.NANOSECONDS);
		this.timer = starting;
	}

	@Override
	public void stop() {
		ScheduledExecutorService stopping = this.timer;
		if (stopping == null) {
			return;
		}
		this.timer = null;
		stopping.shutdown();
		if (!this.flusher.flush(LAST_FLUSH_AT_MOST)) {
			logger
				.error("Stopped without writing %d visits and those of %d further links: the primary cannot be reached"
					.formatted(this.flusher.unanswered(), this.counter.waitingLinks()));
		}
	}

	@Override
	public boolean isRunning() {
		return this.timer != null;
	}

	/**
	 * Below the web server's two phases, so that it stops later: the last requests have
	 * been counted and the database is still there.
	 */
	@Override
	public int getPhase() {
		return WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE - 1;
	}

}
