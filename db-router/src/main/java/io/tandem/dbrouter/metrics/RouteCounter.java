package io.tandem.dbrouter.metrics;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tandem.dbrouter.NodeRole;
import io.tandem.dbrouter.routing.RouteListener;
import io.tandem.dbrouter.routing.RouteReason;

/**
 * Counts units of work in {@code db.router.routes} by node, role and reason.
 */
public final class RouteCounter implements RouteListener {

	private final MeterRegistry registry;

	private final Map<Key, Counter> counters = new ConcurrentHashMap<>();

	/**
	 * Creates the counter.
	 * @param registry where to count
	 */
	public RouteCounter(MeterRegistry registry) {
		this.registry = registry;
	}

	@Override
	public Runnable routed(String node, NodeRole role, RouteReason reason) {
		this.counters.computeIfAbsent(new Key(node, role, reason), this::register).increment();
		return NOTHING;
	}

	private Counter register(Key key) {
		return Counter.builder("db.router.routes")
			.description("Units of work by the node they went to and why")
			.tag("node", key.node())
			.tag("role", Tags.value(key.role()))
			.tag("reason", Tags.value(key.reason()))
			.register(this.registry);
	}

	private record Key(String node, NodeRole role, RouteReason reason) {
	}

}
