package io.tandem.dbrouter.flyway;

import java.sql.Connection;
import java.sql.SQLException;

import io.tandem.dbrouter.PrimaryUnavailableException;
import io.tandem.dbrouter.topology.Account;
import io.tandem.dbrouter.topology.Node;
import io.tandem.dbrouter.topology.TopologyMonitor;

import org.springframework.jdbc.datasource.AbstractDataSource;

/**
 * Connects to the present primary with the migration account, without a pool: a migration
 * is rare.
 */
public final class PrimaryDataSource extends AbstractDataSource {

	private final TopologyMonitor monitor;

	private final Account account;

	/**
	 * Creates the data source.
	 * @param monitor knows which one is the primary
	 * @param account the account that may change the schema
	 */
	public PrimaryDataSource(TopologyMonitor monitor, Account account) {
		this.monitor = monitor;
		this.account = account;
	}

	@Override
	public Connection getConnection() throws SQLException {
		Node primary = this.monitor.primary();
		if (primary == null) {
			throw new PrimaryUnavailableException(
					"No node is the primary, so nothing can be migrated. Nodes: " + this.monitor.topology().describe(),
					null);
		}
		return primary.connect(this.account);
	}

	@Override
	public Connection getConnection(String username, String password) throws SQLException {
		return getConnection();
	}

}
