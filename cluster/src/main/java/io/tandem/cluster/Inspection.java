package io.tandem.cluster;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

import io.tandem.cluster.mysql.MySqlNode;
import io.tandem.cluster.mysql.MySqlState;

/**
 * Asks a node how it is.
 */
final class Inspection {

	private Inspection() {
	}

	static NodeStatus of(Node node, Cluster cluster) {
		return (node.kind() == Node.Kind.MYSQL) ? database(node, cluster) : application(node, cluster);
	}

	private static NodeStatus application(Node node, Cluster cluster) {
		ApplicationNode application = cluster.application(node);
		OptionalLong pid = application.pid();
		Health health = pid.isPresent() ? application.health() : new Health(false, "");
		NodeStatus.State state = pid.isEmpty() ? NodeStatus.State.DOWN
				: (health.ready() ? NodeStatus.State.UP : NodeStatus.State.UNHEALTHY);
		Ports ports = cluster.settings().ports();
		return new NodeStatus(node, state, ApplicationJar.module(node.kind()), pid, ports.main(node),
				ports.management(node), application.process().residentBytes(), health.detail(), Optional.empty());
	}

	private static NodeStatus database(Node node, Cluster cluster) {
		MySqlNode database = cluster.database(node);
		OptionalLong pid = database.pid();
		boolean recordedPrimary = database.equals(cluster.mysql().primary());
		if (pid.isEmpty()) {
			return new NodeStatus(node, NodeStatus.State.DOWN, recordedPrimary ? "primary" : "replica", pid,
					database.port(), Optional.empty(), OptionalLong.empty(), "", Optional.empty());
		}
		MySqlState asked = cluster.mysql().state(database);
		boolean inRole = asked.isHealthy() && (asked.role() == MySqlState.Role.PRIMARY) == recordedPrimary;
		return new NodeStatus(node, inRole ? NodeStatus.State.UP : NodeStatus.State.UNHEALTHY, role(asked.role()), pid,
				database.port(), Optional.empty(), database.residentBytes(), detail(asked), asked.semiSynchronous());
	}

	private static String role(MySqlState.Role role) {
		return role.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	private static String detail(MySqlState state) {
		if (state.problem().isPresent()) {
			return state.problem().get();
		}
		if (state.semiSynchronous().isPresent()) {
			return state.semiSynchronous().get() ? "" : "ASYNCHRONOUS";
		}
		return state.lag().map((lag) -> "lag " + lag.toSeconds() + " s").orElse("lag unknown");
	}

}
