package io.tandem.integration;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;

/**
 * Repeats one call at a constant rate until it is stopped and keeps every outcome. The
 * rate does not follow the answers (an open model), so a stalled server is not spared.
 *
 * @param <T> what one call returns
 */
final class Traffic<T> implements AutoCloseable {

	private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

	private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();

	private final ConcurrentLinkedQueue<Outcome<T>> outcomes = new ConcurrentLinkedQueue<>();

	private final AtomicInteger started = new AtomicInteger();

	private final ScheduledFuture<?> schedule;

	private Traffic(int perSecond, Callable<T> call) {
		this.schedule = this.clock.scheduleAtFixedRate(() -> this.callers.execute(() -> run(call)), 0,
				TimeUnit.SECONDS.toMicros(1) / perSecond, TimeUnit.MICROSECONDS);
	}

	static <T> Traffic<T> of(int perSecond, Callable<T> call) {
		return new Traffic<>(perSecond, call);
	}

	/**
	 * Wait until this many more calls have ended than have now.
	 */
	void awaitMore(int calls) {
		int target = this.outcomes.size() + calls;
		Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> this.outcomes.size() >= target);
	}

	/**
	 * Stop calling, wait for the calls under way (60 s at most) and return all outcomes.
	 */
	List<Outcome<T>> stop() {
		this.schedule.cancel(false);
		this.clock.close();
		Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> this.outcomes.size() == this.started.get());
		return List.copyOf(this.outcomes);
	}

	@Override
	public void close() {
		this.clock.shutdownNow();
		this.callers.shutdownNow();
	}

	private void run(Callable<T> call) {
		this.started.incrementAndGet();
		long begin = System.nanoTime();
		try {
			T value = call.call();
			this.outcomes.add(new Outcome.Answer<>(value, Duration.ofNanos(System.nanoTime() - begin)));
		}
		catch (Exception ex) {
			this.outcomes.add(new Outcome.Failure<>(ex, Duration.ofNanos(System.nanoTime() - begin)));
		}
	}

	/**
	 * How one call ended.
	 *
	 * @param <T> what a call returns
	 */
	sealed interface Outcome<T> {

		Duration took();

		record Answer<T>(T value, Duration took) implements Outcome<T> {
		}

		record Failure<T>(Exception cause, Duration took) implements Outcome<T> {
		}

	}

}
