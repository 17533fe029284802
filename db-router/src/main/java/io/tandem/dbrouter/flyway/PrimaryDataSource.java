package io.tandem.dbrouter.flyway;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

import io.tandem.dbrouter.PrimaryUnavailableException;
import io.tandem.dbrouter.topology.Account;
import io.tandem.dbrouter.topology.Node;
import io.tandem.dbrouter.topology.Topology;
import io.tandem.dbrouter.topology.TopologyMonitor;

import org.springframework.jdbc.datasource.AbstractDataSource;

/**
 * Connects to the present primary with the migration account, without a pool: a migration
 * is rare.
 */
public final class PrimaryDataSource extends AbstractDataSource {

	private final List<Node> nodes;

	private final TopologyMonitor monitor;

	private final Account account;

	/**
	 * Creates the data source.
	 * @param nodes the nodes
	 * @param monitor knows which one is the primary
	 * @param account the account that may change the schema
	 */
	public PrimaryDataSource(List<Node> nodes, TopologyMonitor monitor, Account account) {
		this.nodes = List.copyOf(nodes);
		this.monitor = monitor;
		this.account = account;
	}

	@Override
	public Connection getConnection() throws SQLException {
		Topology topology = this.monitor.topology();
		for (Node node : this.nodes) {
			if (node.name().equals(topology.primary())) {
				return node.connect(this.account);
			}
		}
		throw new PrimaryUnavailableException(
				"No node is the primary, so nothing can be migrated. Nodes: " + topology.describe(), null);
	}

	@Override
	public Connection getConnection(String username, String password) throws SQLException {
		return getConnection();
	}

}
