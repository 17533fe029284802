package io.tandem.dbrouter.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.tandem.dbrouter.topology.Lag;
import io.tandem.dbrouter.topology.Node;
import io.tandem.dbrouter.topology.NodeState;
import io.tandem.dbrouter.topology.SemiSync;
import io.tandem.dbrouter.topology.Topology;
import io.tandem.dbrouter.topology.TopologyMonitor;
import org.jspecify.annotations.Nullable;

/**
 * Shows each node's state in {@code db.router.node.state} (1 for the state it is in, 0
 * for the others), how far replicas are behind in {@code db.router.replica.lag}
 * (seconds), the number of writable nodes in {@code db.router.writable} (more than one is
 * an alarm) and semi-synchronous replication in {@code db.router.semisync} (1 active, 0
 * not, no number where it is not used or nobody knows).
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
		MultiGauge states = MultiGauge.builder("db.router.node.state")
			.description("1 for the state the node is in, 0 for the others")
			.register(registry);
		MultiGauge lags = MultiGauge.builder("db.router.replica.lag")
			.description("How far the replica is behind")
			.baseUnit("seconds")
			.register(registry);
		this.monitor.addListener((topology) -> nodes(states, lags, topology));
		nodes(states, lags, this.monitor.topology());
		Gauge.builder("db.router.writable", this.monitor, (monitor) -> monitor.topology().writable().size())
			.description("Nodes that take writes: more than one is an alarm")
			.register(registry);
		Gauge.builder("db.router.semisync", this.monitor, (monitor) -> waits(monitor.topology().semiSync()))
			.description("1 if a commit waits for a replica, 0 if it does not but should")
			.register(registry);
	}

	/** A group has it off and loses nothing by that: no alarm. */
	static double waits(SemiSync semiSync) {
		return switch (semiSync) {
			case ACTIVE -> 1;
			case NO_REPLICA, FALLEN_BACK -> 0;
			case OFF, UNKNOWN -> Double.NaN;
		};
	}

	/** Nodes come and go, and so do their rows. */
	private void nodes(MultiGauge states, MultiGauge lags, Topology topology) {
		List<String> names = topology.nodes().stream().map((node) -> node.name()).toList();
		List<MultiGauge.Row<?>> rows = new ArrayList<>();
		for (String name : names) {
			for (NodeState state : NodeState.values()) {
				rows.add(MultiGauge.Row.of(Tags.of("node", name, "state", state.name().toLowerCase(Locale.ROOT)),
						this.monitor, (monitor) -> isIn(monitor, name, state)));
			}
		}
		states.register(rows);
		lags.register(names
			.stream().<MultiGauge
					.Row<?>>map(
							(name) -> MultiGauge.Row.of(Tags.of("node", name), this.monitor,
									(monitor) -> seconds(monitor.node(name))))
			.collect(Collectors.toList()));
	}

	private static double seconds(@Nullable Node node) {
		Lag lag = (node != null) ? node.lag() : null;
		return (lag != null) ? lag.time().toNanos() / 1e9 : Double.NaN;
	}

	private static double isIn(TopologyMonitor monitor, String node, NodeState state) {
		return monitor.topology().node(node).filter((status) -> status.state() == state).isPresent() ? 1 : 0;
	}

}
