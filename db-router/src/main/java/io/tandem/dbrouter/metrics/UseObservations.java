package io.tandem.dbrouter.metrics;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.tandem.dbrouter.NodeRole;
import io.tandem.dbrouter.routing.RouteListener;
import io.tandem.dbrouter.routing.RouteReason;

/**
 * Makes each use of a node an observation {@code db.router.use}, from taking the
 * connection to giving it back. In a trace it is a span below that of the request and has
 * the node's name and role.
 */
public final class UseObservations implements RouteListener {

	private static final String NAME = "db.router.use";

	private final ObservationRegistry registry;

	/**
	 * Creates the observations.
	 * @param registry where to observe
	 */
	public UseObservations(ObservationRegistry registry) {
		this.registry = registry;
	}

	@Override
	public Runnable routed(String node, NodeRole role, RouteReason reason) {
		if (this.registry.isNoop()) {
			return NOTHING;
		}
		Observation observation = Observation.createNotStarted(NAME, this.registry);
		if (observation.isNoop()) {
			return NOTHING;
		}
		return observation.contextualName(node + " " + Tags.value(role))
			.lowCardinalityKeyValue("node", node)
			.lowCardinalityKeyValue("role", Tags.value(role))
			.lowCardinalityKeyValue("reason", Tags.value(reason))
			.start()::stop;
	}

}
