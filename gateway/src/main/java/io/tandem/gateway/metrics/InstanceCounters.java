package io.tandem.gateway.metrics;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.tandem.gateway.balance.Failure;
import io.tandem.gateway.balance.Instance;

/**
 * The counters of one instance.
 */
final class InstanceCounters {

	/**
	 * Few, because each is a series for each instance; fine where answers usually are.
	 */
	private static final Duration[] BOUNDS = { Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofMillis(5),
			Duration.ofMillis(10), Duration.ofMillis(20), Duration.ofMillis(50), Duration.ofMillis(100),
			Duration.ofMillis(200), Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(2),
			Duration.ofSeconds(5), Duration.ofSeconds(10) };

	private final Counter answered;

	private final Timer time;

	/** By the first digit of the status. */
	private final Counter[] responses = new Counter[6];

	private final Map<Failure, Counter> failed = new EnumMap<>(Failure.class);

	private final Map<Failure, Counter> retried = new EnumMap<>(Failure.class);

	InstanceCounters(Instance instance, MeterRegistry registry) {
		this.answered = requests(instance, "answered", registry);
		this.time = Timer.builder("tandem.gateway.response.time")
			.description("From the beginning of the attempt to the last byte of the answer")
			.tag("instance", instance.id())
			.serviceLevelObjectives(BOUNDS)
			.register(registry);
		for (int i = 0; i < responses.length; i++) {
			responses[i] = Counter.builder("tandem.gateway.responses")
				.description("Answers of the instance by the kind of their status")
				.tag("instance", instance.id())
				.tag("status", (i == 0) ? "none" : i + "xx")
				.register(registry);
		}
		for (Failure failure : Failure.values()) {
			failed.put(failure, requests(instance, failure.reason(), registry));
			retried.put(failure,
					Counter.builder("tandem.gateway.retries")
						.description("Failed attempts at the instance that were repeated at another")
						.tag("instance", instance.id())
						.tag("reason", failure.reason())
						.register(registry));
		}
	}

	private static Counter requests(Instance instance, String outcome, MeterRegistry registry) {
		return Counter.builder("tandem.gateway.requests")
			.description("Attempts at the instance by how they ended")
			.tag("instance", instance.id())
			.tag("outcome", outcome)
			.register(registry);
	}

	void answered(int status, long nanos) {
		answered.increment();
		time.record(nanos, TimeUnit.NANOSECONDS);
		int kind = status / 100;
		responses[(kind < responses.length) ? kind : 0].increment();
	}

	void failed(Failure failure, boolean wasRetried) {
		Counter counter = (wasRetried ? retried : failed).get(failure);
		if (counter != null) {
			counter.increment();
		}
	}

}
