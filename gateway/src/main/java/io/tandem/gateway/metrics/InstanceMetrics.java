package io.tandem.gateway.metrics;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.search.Search;
import io.tandem.gateway.balance.AttemptListener;
import io.tandem.gateway.balance.Failure;
import io.tandem.gateway.balance.Instance;
import io.tandem.gateway.balance.InstancePool;
import io.tandem.gateway.balance.MembershipListener;
import io.tandem.gateway.health.HealthBoard;
import org.jspecify.annotations.Nullable;

/**
 * Counts the attempts at each instance. Its meters are registered when it joins: looking
 * one up for each request would cost more than counting.
 */
final class InstanceMetrics implements AttemptListener, MembershipListener {

	private static final String INSTANCE = "instance";

	private final InstancePool pool;

	private final HealthBoard health;

	private final MeterRegistry registry;

	private final Map<Instance, InstanceCounters> counters = new ConcurrentHashMap<>();

	private final Counter refused;

	private final Counter withoutInstance;

	InstanceMetrics(InstancePool pool, HealthBoard health, MeterRegistry registry) {
		this.pool = pool;
		this.health = health;
		this.registry = registry;
		pool.all().forEach(this::add);
		Gauge.builder("tandem.gateway.panic", () -> pool.isInPanic() ? 1 : 0)
			.description("1 while no healthy instance is left, so that all are tried")
			.register(registry);
		this.refused = Counter.builder("tandem.gateway.retries.refused")
			.description("Retries that the retry budget did not allow")
			.register(registry);
		// The other reasons are counted where requests arrive.
		this.withoutInstance = Counter.builder("tandem.gateway.refused")
			.description("Requests and connections that were not passed on")
			.tag("reason", "no-instance")
			.register(registry);
	}

	private void add(Instance instance) {
		counters.put(instance, new InstanceCounters(instance, registry));
		Gauge.builder("tandem.gateway.instance.up", () -> pool.isInRotation(instance) ? 1 : 0)
			.description("1 while the instance is in rotation, 0 while it is not")
			.tag(INSTANCE, instance.id())
			.register(registry);
		Gauge.builder("tandem.gateway.instance.in.flight", () -> pool.inFlight(instance))
			.description("Requests under way at the instance, to the end of their bodies")
			.tag(INSTANCE, instance.id())
			.register(registry);
		FunctionCounter.builder("tandem.gateway.ejections", health, (board) -> board.report(instance).ejections())
			.description("Times that failed requests took the instance out of rotation")
			.tag(INSTANCE, instance.id())
			.register(registry);
	}

	@Override
	public void joined(Instance instance) {
		add(instance);
	}

	@Override
	public void left(Instance instance) {
		counters.remove(instance);
		Search.in(registry).tag(INSTANCE, instance.id()).meters().forEach(registry::remove);
	}

	@Override
	public void retryRefused(Instance instance) {
		refused.increment();
	}

	@Override
	public void noInstance() {
		withoutInstance.increment();
	}

	@Override
	public void answered(Instance instance, int status, long nanos) {
		InstanceCounters counter = counters.get(instance);
		if (counter != null) {
			counter.answered(status, nanos);
		}
	}

	@Override
	public void failed(Instance instance, Failure failure) {
		increment(counters.get(instance), failure, false);
	}

	@Override
	public void retried(Instance instance, Failure failure) {
		increment(counters.get(instance), failure, true);
	}

	private static void increment(@Nullable InstanceCounters counters, Failure failure, boolean retried) {
		if (counters != null) {
			counters.failed(failure, retried);
		}
	}

}
