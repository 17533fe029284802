package io.tandem.dbrouter.topology;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Looks at one node again and again, on a daemon thread of its own.
 */
final class ProbeLoop implements Runnable {

	private static final Log logger = LogFactory.getLog(ProbeLoop.class);

	private final Node node;

	private final NodeProbe probe;

	private final Supplier<Duration> interval;

	private final Supplier<Duration> silence;

	private final ScheduledExecutorService alarms;

	private final BiConsumer<Node, ProbeResult> results;

	private final Semaphore wakeUp = new Semaphore(0);

	private final CountDownLatch firstLook = new CountDownLatch(1);

	private volatile boolean stopped;

	/** Whether the last answer, and only that, did not come. */
	private boolean missed;

	ProbeLoop(Node node, Supplier<Duration> interval, Supplier<Duration> silence, ScheduledExecutorService alarms,
			BiConsumer<Node, ProbeResult> results) {
		this.node = node;
		this.probe = new NodeProbe(node);
		this.interval = interval;
		this.silence = silence;
		this.alarms = alarms;
		this.results = results;
	}

	void start() {
		Thread thread = new Thread(this, "db-router-probe-" + this.node.name());
		thread.setDaemon(true);
		thread.start();
	}

	Node node() {
		return this.node;
	}

	boolean awaitFirstLook(long nanos) throws InterruptedException {
		return this.firstLook.await(nanos, TimeUnit.NANOSECONDS);
	}

	void lookNow() {
		this.wakeUp.release();
	}

	void stop() {
		this.stopped = true;
		this.wakeUp.release();
		this.probe.close();
	}

	@Override
	public void run() {
		try {
			look();
			this.firstLook.countDown();
			while (!this.stopped) {
				// A first silence is followed up at once.
				long pause = this.missed ? 0 : this.interval.get().toMillis();
				this.wakeUp.tryAcquire(pause, TimeUnit.MILLISECONDS);
				this.wakeUp.drainPermits();
				look();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		finally {
			this.probe.close();
		}
	}

	private void look() {
		if (this.stopped) {
			return;
		}
		Duration longest = this.silence.get();
		Look look = new Look();
		Future<?> alarm = this.alarms.schedule(look::isLate, longest.toMillis(), TimeUnit.MILLISECONDS);
		try {
			ProbeResult result = this.probe.probe(longest);
			alarm.cancel(false);
			boolean silent = result.outcome() == ProbeResult.Outcome.MISSED;
			this.missed = silent && !this.missed;
			if (!look.end() || !silent) {
				this.results.accept(this.node, result);
			}
		}
		catch (RuntimeException ex) {
			logger.error("The probe of " + this.node + " failed; it goes on", ex);
		}
	}

	/**
	 * One look. That nothing came back is known before the driver has closed the silent
	 * connection: with TLS that takes as long again.
	 */
	private final class Look {

		private final long startedAt = System.nanoTime();

		private boolean ended;

		private boolean late;

		synchronized void isLate() {
			if (!this.ended) {
				this.late = true;
				ProbeLoop.this.results.accept(ProbeLoop.this.node, ProbeResult.missed("no answer yet", this.startedAt));
			}
		}

		/** Whether it was reported already that it is late. */
		synchronized boolean end() {
			this.ended = true;
			return this.late;
		}

	}

}
