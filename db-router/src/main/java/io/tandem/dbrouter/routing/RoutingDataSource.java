package io.tandem.dbrouter.routing;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import javax.sql.DataSource;

import io.tandem.dbrouter.topology.Node;
import io.tandem.dbrouter.topology.NodeUrl;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;

/**
 * The application's data source: read-only transactions go to a replica, everything else
 * to the primary. Its connections decide at the first statement, therefore taking one
 * costs nothing and never fails.
 */
public final class RoutingDataSource extends AbstractRoutingDataSource {

	private final Router router;

	/**
	 * Creates the data source.
	 * @param router chooses the nodes
	 */
	public RoutingDataSource(Router router) {
		this.router = router;
	}

	@Override
	public void afterPropertiesSet() {
		// The targets are the nodes of the topology, which changes: nothing to resolve.
	}

	@Override
	public Connection getConnection() {
		return new RoutedConnection(this, this.router);
	}

	@Override
	public Connection getConnection(String username, String password) throws SQLException {
		throw new SQLFeatureNotSupportedException("db-router connects with the account of db-router.username only");
	}

	@Override
	protected @Nullable Object determineCurrentLookupKey() {
		List<Candidate> candidates = this.router.connections().candidates();
		return candidates.isEmpty() ? null : candidates.get(0).route().node().name();
	}

	/**
	 * The node that a statement of this thread would go to now.
	 */
	@Override
	protected DataSource determineTargetDataSource() {
		List<Candidate> candidates = this.router.connections().candidates();
		if (candidates.isEmpty()) {
			throw new IllegalStateException("No node can do it. Nodes: " + this.router.topology().describe());
		}
		return candidates.get(0).route().node().dataSource();
	}

	@Override
	public Map<Object, DataSource> getResolvedDataSources() {
		Map<Object, DataSource> resolved = new LinkedHashMap<>();
		this.router.nodes().forEach((node) -> resolved.put(node.name(), node.dataSource()));
		return Map.copyOf(resolved);
	}

	/** Nothing below is shown: one node's pool is not what the caller is connected to. */
	@Override
	public boolean isWrapperFor(Class<?> type) {
		return type.isInstance(this);
	}

	@Override
	public <T> T unwrap(Class<T> type) throws SQLException {
		if (type.isInstance(this)) {
			return type.cast(this);
		}
		throw new SQLException("RoutingDataSource is no " + type.getName());
	}

	String defaultDatabase() {
		return this.router.nodes().stream().map(Node::url).findFirst().map(NodeUrl::database).orElse("");
	}

}
