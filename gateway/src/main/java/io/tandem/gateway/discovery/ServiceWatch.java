package io.tandem.gateway.discovery;

import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import io.tandem.gateway.balance.Instance;
import io.tandem.gateway.balance.InstancePool;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;

/**
 * Keeps the pool as the name servers describe the service. Who is new joins at once and
 * waits for its health checks; who is no longer named leaves some time later, because
 * name servers contradict one another for moments. No answer changes nothing: health
 * checks know better than a name server that is down.
 */
final class ServiceWatch implements SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(ServiceWatch.class);

	private final InstancePool pool;

	private final ServiceInstances service;

	private final Duration interval;

	private final Duration forgetAfter;

	private final LongSupplier nanoTime;

	/** Since when answers lack an instance. Only used by the thread. */
	private final Map<Instance, Long> missingSince = new HashMap<>();

	private boolean answered = true;

	private volatile @Nullable ScheduledExecutorService executor;

	ServiceWatch(InstancePool pool, ServiceInstances service, DiscoveryProperties properties, LongSupplier nanoTime) {
		this.pool = pool;
		this.service = service;
		this.interval = properties.interval();
		this.forgetAfter = properties.forgetAfter();
		this.nanoTime = nanoTime;
	}

	@Override
	@SuppressWarnings("FutureReturnValueIgnored") // look never throws
	public void start() {
		ScheduledExecutorService started = Executors
			.newSingleThreadScheduledExecutor(Thread.ofPlatform().name("discovery").daemon().factory());
		executor = started;
		started.scheduleWithFixedDelay(this::look, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
	}

	/** A thread that dies of an exception would never look again. */
	private void look() {
		try {
			take(service.ask());
			if (!answered) {
				answered = true;
				logger.info("The name servers know {} again", service);
			}
		}
		catch (UnknownHostException ex) {
			if (answered) {
				answered = false;
				logger.warn("The instances stay as they are until the name servers answer: {}", ex.getMessage());
			}
		}
		catch (RuntimeException ex) {
			logger.error("Looking for instances of {} failed", service, ex);
		}
	}

	private void take(List<Instance> named) {
		long now = nanoTime.getAsLong();
		named.forEach(pool::join);
		missingSince.keySet().removeAll(named);
		for (Instance instance : pool.all()) {
			if (!named.contains(instance)
					&& now - missingSince.computeIfAbsent(instance, (key) -> now) >= forgetAfter.toNanos()) {
				missingSince.remove(instance);
				pool.leave(instance);
			}
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

	/** After the health checks have started, which look at what the pool began with. */
	@Override
	public int getPhase() {
		return 1;
	}

}
