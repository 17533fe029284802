package io.tandem.dbrouter.topology;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * Asks the group for its members. The configured nodes are where to ask first, and they
 * stay, members or not.
 */
public final class GroupReplicationProvider implements TopologyProvider {

	private static final String MEMBERS = """
			SELECT member_host, member_port FROM performance_schema.replication_group_members
			 WHERE member_state IN ('ONLINE', 'RECOVERING')""";

	private final Map<String, NodeUrl> configured;

	private final TopologyMonitor monitor;

	private final Account account;

	private final Duration timeout;

	/**
	 * Creates a provider.
	 * @param configured the URLs of the configured nodes by name; the first gives
	 * database and parameters to other members
	 * @param monitor knows the nodes to ask
	 * @param account may read performance_schema
	 * @param timeout the longest wait for an answer
	 */
	public GroupReplicationProvider(Map<String, NodeUrl> configured, TopologyMonitor monitor, Account account,
			Duration timeout) {
		this.configured = new TreeMap<>(configured);
		this.monitor = monitor;
		this.account = account;
		this.timeout = timeout;
	}

	@Override
	public Map<String, NodeUrl> nodes() {
		for (Node node : this.monitor.nodes()) {
			if (this.monitor.topology().node(node.name()).filter((status) -> status.state().isRoutable()).isEmpty()) {
				continue;
			}
			try {
				Map<String, NodeUrl> members = members(node);
				if (!members.isEmpty()) {
					members.putAll(this.configured);
					return members;
				}
			}
			catch (SQLException ex) {
				this.monitor.suspect(node);
			}
		}
		return Map.of();
	}

	private Map<String, NodeUrl> members(Node node) throws SQLException {
		Map<String, NodeUrl> members = new TreeMap<>();
		try (Connection connection = node.connectToServer(this.account, this.timeout);
				Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery(MEMBERS)) {
			while (row.next()) {
				NodeUrl url = this.configured.values()
					.iterator()
					.next()
					.at(row.getString("member_host"), row.getInt("member_port"));
				if (this.configured.values().stream().noneMatch((known) -> known.server().equals(url.server()))) {
					members.put(url.server(), url);
				}
			}
		}
		return members;
	}

}
