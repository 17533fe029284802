package io.tandem.gateway.health;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.tandem.gateway.balance.Instance;
import io.tandem.gateway.balance.InstancePool;
import io.tandem.gateway.balance.MembershipListener;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

import org.springframework.context.SmartLifecycle;

/**
 * Checks every instance again and again, each at its own pace. Starts before the web
 * server and waits until the state of each instance is known, so that the gateway accepts
 * no request before it knows where to send it.
 */
final class HealthChecks implements SmartLifecycle, MembershipListener {

	private static final Logger logger = LoggerFactory.getLogger(HealthChecks.class);

	private final InstancePool pool;

	private final ReadinessProbe probe;

	private final HealthBoard board;

	private final HealthCheckProperties properties;

	/**
	 * The next check of each instance; absent while one is under way. Only used by the
	 * executor's thread.
	 */
	private final Map<Instance, Future<?>> pending = new HashMap<>();

	private final CountDownLatch allKnown = new CountDownLatch(1);

	private volatile @Nullable ScheduledExecutorService executor;

	HealthChecks(InstancePool pool, ReadinessProbe probe, HealthBoard board, HealthCheckProperties properties) {
		this.pool = pool;
		this.probe = probe;
		this.board = board;
		this.properties = properties;
	}

	@Override
	public void start() {
		ScheduledExecutorService started = Executors
			.newSingleThreadScheduledExecutor(Thread.ofPlatform().name("health-checks").daemon().factory());
		executor = started;
		board.onEjection((instance) -> onThread((executor) -> checkAtOnce(instance)));
		pool.listen(this);
		pool.all().forEach(this::joined);
		if (board.isComplete()) {
			allKnown.countDown();
		}
		try {
			allKnown.await(longestFirstRound().toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public void joined(Instance instance) {
		onThread((executor) -> check(instance));
	}

	@Override
	public void left(Instance instance) {
		onThread((executor) -> {
			Future<?> next = pending.remove(instance);
			if (next != null) {
				next.cancel(false);
			}
		});
	}

	private void onThread(Consumer<ScheduledExecutorService> action) {
		ScheduledExecutorService running = executor;
		if (running != null && !running.isShutdown()) {
			running.execute(() -> action.accept(running));
		}
	}

	/** More time for the first checks: code that runs for the first time is slow. */
	private Duration timeout(Instance instance) {
		boolean known = board.health(instance).state() != InstanceHealth.State.UNKNOWN;
		return known ? properties.timeout() : properties.timeout().multipliedBy(4);
	}

	/** What an instance takes that never answers, and some. */
	private Duration longestFirstRound() {
		return properties.timeout().multipliedBy(5).plus(properties.fastInterval()).multipliedBy(properties.fall());
	}

	private void check(Instance instance) {
		pending.remove(instance);
		Mono.defer(() -> probe.check(instance, timeout(instance)))
			// Even after a defect of the probe or a listener: the checks go on.
			.doFinally((signal) -> onThread((running) -> schedule(running, instance)))
			.subscribe((result) -> checked(instance, result),
					(error) -> logger.error("{} was not checked", instance, error));
	}

	private void checked(Instance instance, CheckResult result) {
		board.checked(instance, result);
		if (board.isComplete()) {
			allKnown.countDown();
		}
	}

	private void schedule(ScheduledExecutorService executor, Instance instance) {
		// It has left, or has left and come back while it was being checked.
		if (!board.knows(instance) || pending.containsKey(instance)) {
			return;
		}
		Duration delay = board.health(instance).inTransition() ? properties.fastInterval() : properties.interval();
		pending.put(instance, executor.schedule(() -> check(instance), delay.toMillis(), TimeUnit.MILLISECONDS));
	}

	private void checkAtOnce(Instance instance) {
		Future<?> next = pending.get(instance);
		if (next != null && next.cancel(false)) {
			check(instance);
		}
	}

	@Override
	public void stop() {
		ScheduledExecutorService running = executor;
		if (running != null) {
			running.shutdownNow();
			executor = null;
		}
	}

	@Override
	public boolean isRunning() {
		return executor != null;
	}

	/** Before the web server at start, after it at shutdown. */
	@Override
	public int getPhase() {
		return 0;
	}

}
