package io.tandem.gateway.protection;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Counts what is refused, by reason.
 */
final class Refusals {

	/** A client that may not connect. */
	static final String FIREWALL = "firewall";

	/** A connection too many. */
	static final String CONNECTIONS = "connections";

	private final Map<String, Counter> counters = new ConcurrentHashMap<>();

	private final MeterRegistry registry;

	Refusals(MeterRegistry registry) {
		this.registry = registry;
	}

	void count(Refusal refusal) {
		count(refusal.reason());
	}

	void count(String reason) {
		counters
			.computeIfAbsent(reason,
					(name) -> Counter.builder("tandem.gateway.refused")
						.description("Requests and connections that were not passed on")
						.tag("reason", name)
						.register(registry))
			.increment();
	}

}
