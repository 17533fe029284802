package io.tandem.dbrouter.health;

import java.util.LinkedHashMap;
import java.util.Map;

import io.tandem.dbrouter.failover.FailoverWatch;
import io.tandem.dbrouter.failover.LostTransactions;
import io.tandem.dbrouter.topology.Lag;
import io.tandem.dbrouter.topology.Node;
import io.tandem.dbrouter.topology.NodeStatus;
import io.tandem.dbrouter.topology.Topology;
import io.tandem.dbrouter.topology.TopologyMonitor;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * The health of the database as a whole: up with a primary, read-only without one while
 * reads work, else down. A dead replica is a detail. Asks no database: it tells what the
 * last probe saw.
 */
public final class NodesHealthIndicator implements HealthIndicator {

	/**
	 * Reads work, writes do not.
	 */
	public static final Status READ_ONLY = new Status("READ_ONLY", "There is no primary: reads work, writes fail");

	private final TopologyMonitor monitor;

	private final FailoverWatch watch;

	/**
	 * Creates the indicator.
	 * @param monitor knows the nodes
	 * @param watch knows what was lost
	 */
	public NodesHealthIndicator(TopologyMonitor monitor, FailoverWatch watch) {
		this.monitor = monitor;
		this.watch = watch;
	}

	@Override
	public Health health() {
		Topology topology = this.monitor.topology();
		Health.Builder health = new Health.Builder(status(topology));
		if (topology.primary() != null) {
			health.withDetail("primary", topology.primary());
		}
		health.withDetail("semiSync", topology.semiSync().toString());
		if (topology.isSplit()) {
			health.withDetail("alarm", "more than one node is writable: " + topology.writable());
		}
		LostTransactions lost = this.watch.lost();
		if (lost != null) {
			health.withDetail("lostTransactions", lost.count());
		}
		Map<String, Object> nodes = new LinkedHashMap<>();
		topology.nodes().forEach((node) -> nodes.put(node.name(), details(node)));
		return health.withDetail("nodes", nodes).build();
	}

	private static Status status(Topology topology) {
		if (topology.acceptsWrites()) {
			return Status.UP;
		}
		return topology.answersReads() ? READ_ONLY : Status.DOWN;
	}

	private Map<String, Object> details(NodeStatus node) {
		Map<String, Object> details = new LinkedHashMap<>();
		details.put("state", node.state().name());
		details.put("reason", node.reason());
		Node live = this.monitor.node(node.name());
		Lag lag = (live != null) ? live.lag() : null;
		if (lag != null) {
			details.put("lagMillis", lag.time().toMillis());
		}
		if (node.lastError() != null) {
			details.put("lastError", node.lastError());
		}
		return details;
	}

}
