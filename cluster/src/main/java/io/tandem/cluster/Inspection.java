package io.tandem.cluster;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

import io.tandem.cluster.mysql.MySqlNode;
import io.tandem.cluster.mysql.MySqlServers;
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
				ports.management(node), application.process().residentBytes(), health.detail(), Optional.empty(),
				Optional.empty());
	}

	private static NodeStatus database(Node node, Cluster cluster) {
		MySqlNode database = cluster.database(node);
		OptionalLong pid = database.pid();
		MySqlServers servers = cluster.mysql();
		if (pid.isEmpty()) {
			return new NodeStatus(node, NodeStatus.State.DOWN, servers.expectedRole(database), pid, database.port(),
					Optional.empty(), OptionalLong.empty(), "", Optional.empty(), Optional.empty());
		}
		MySqlState asked = servers.state(database);
		return new NodeStatus(node, servers.isWell(database, asked) ? NodeStatus.State.UP : NodeStatus.State.UNHEALTHY,
				role(asked.role()), pid, database.port(), Optional.empty(), database.residentBytes(), detail(asked),
				asked.semiSynchronous(), asked.member());
	}

	private static String role(MySqlState.Role role) {
		return role.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	private static String detail(MySqlState state) {
		if (state.problem().isPresent()) {
			return state.problem().get();
		}
		if (state.member().isPresent()) {
			return state.member().get();
		}
		if (state.semiSynchronous().isPresent()) {
			return state.semiSynchronous().get() ? "" : "ASYNCHRONOUS";
		}
		return state.lag().map((lag) -> "lag " + lag.toSeconds() + " s").orElse("lag unknown");
	}

}
