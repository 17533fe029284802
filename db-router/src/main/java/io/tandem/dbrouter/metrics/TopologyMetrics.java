package io.tandem.dbrouter.metrics;

import java.util.Locale;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.tandem.dbrouter.topology.NodeState;
import io.tandem.dbrouter.topology.NodeStatus;
import io.tandem.dbrouter.topology.SemiSync;
import io.tandem.dbrouter.topology.TopologyMonitor;

/**
 * Shows each node's state in {@code db.router.node.state} (1 for the state it is in, 0
 * for the others) and semi-synchronous replication in {@code db.router.semisync} (1
 * active, 0 not).
 */
public final class TopologyMetrics implements MeterBinder {

	private final TopologyMonitor monitor;

	/**
	 * Creates the binder.
	 * @param monitor knows the nodes
	 */
	public TopologyMetrics(TopologyMonitor monitor) {
		this.monitor = monitor;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		for (NodeStatus node : this.monitor.topology().nodes()) {
			for (NodeState state : NodeState.values()) {
				Gauge.builder("db.router.node.state", this.monitor, (monitor) -> isIn(monitor, node.name(), state))
					.description("1 for the state the node is in, 0 for the others")
					.tag("node", node.name())
					.tag("state", state.name().toLowerCase(Locale.ROOT))
					.register(registry);
			}
		}
		Gauge
			.builder("db.router.semisync", this.monitor,
					(monitor) -> (monitor.topology().semiSync() == SemiSync.ACTIVE) ? 1 : 0)
			.description("1 if a commit waits for a replica, 0 if it does not")
			.register(registry);
	}

	private static double isIn(TopologyMonitor monitor, String node, NodeState state) {
		return monitor.topology().node(node).filter((status) -> status.state() == state).isPresent() ? 1 : 0;
	}

}
