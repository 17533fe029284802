package io.tandem.dbrouter.topology;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.Executor;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.datasource.AbstractDataSource;

/**
 * One database node and its connections. The pool knows nothing of roles and lives as
 * long as the node answers: a dead node has none, so nobody waits for it, and a node that
 * comes back starts with a fresh one instead of a back-off of the old.
 */
public final class Node {

	private final String name;

	private final NodeUrl url;

	private final NodeSettings settings;

	private final PhysicalConnector connector;

	private volatile @Nullable HikariDataSource pool;

	private volatile @Nullable Long suspectSince;

	/**
	 * Creates a node without connecting to it.
	 * @param name its name
	 * @param url where it is
	 * @param settings how to connect
	 */
	public Node(String name, NodeUrl url, NodeSettings settings) {
		this.name = name;
		this.url = url;
		this.settings = settings;
		this.connector = new PhysicalConnector(url, settings.connectTimeout());
	}

	/**
	 * The node's name.
	 * @return the name
	 */
	public String name() {
		return this.name;
	}

	/**
	 * Where the node is.
	 * @return its URL
	 */
	public NodeUrl url() {
		return this.url;
	}

	/**
	 * Takes a connection from the node's pool.
	 * @return a connection with auto-commit off
	 * @throws SQLException if there is none within the connection timeout; at once, with
	 * SQLState 08001, if the node is down
	 */
	public Connection getConnection() throws SQLException {
		HikariDataSource current = this.pool;
		if (current == null) {
			throw down();
		}
		try {
			return current.getConnection();
		}
		catch (SQLException ex) {
			throw current.isClosed() ? down() : ex;
		}
	}

	/**
	 * Opens a connection outside of the pool.
	 * @param account the account to log in with
	 * @return a connection with auto-commit on and without a bound on answers; it is cut
	 * when the node goes down
	 * @throws SQLException if the node does not let us in
	 */
	public Connection connect(Account account) throws SQLException {
		return this.connector.connect(account, Duration.ZERO);
	}

	/**
	 * The node's pool as a data source.
	 * @return a data source that works while the node is up
	 */
	public DataSource dataSource() {
		return new NodeDataSource(this::getConnection);
	}

	/**
	 * Whether something failed on the node since it was last probed.
	 * @return {@code true} if others should be tried first
	 */
	public boolean isSuspect() {
		return this.suspectSince != null;
	}

	void suspect() {
		this.suspectSince = System.nanoTime();
	}

	void trust(long probeStartedAt) {
		Long since = this.suspectSince;
		if (since != null && probeStartedAt - since > 0) {
			this.suspectSince = null;
		}
	}

	private SQLException down() {
		return new SQLTransientConnectionException(this.name + " is down", "08001");
	}

	synchronized void open() {
		if (this.pool != null) {
			return;
		}
		HikariConfig config = new HikariConfig();
		config.setPoolName(this.name);
		config.setDataSource(new NodeDataSource(
				() -> this.connector.connect(this.settings.application(), this.settings.socketTimeout())));
		config.setAutoCommit(false);
		config.setInitializationFailTimeout(-1);
		config.setMaximumPoolSize(this.settings.maximumPoolSize());
		config.setMinimumIdle(this.settings.minimumIdle());
		config.setConnectionTimeout(this.settings.connectionTimeout().toMillis());
		config.setValidationTimeout(Math.max(250, this.settings.connectionTimeout().toMillis() / 2));
		config.setMaxLifetime(this.settings.maxLifetime().toMillis());
		if (this.settings.poolMetrics() != null) {
			config.setMetricsTrackerFactory(this.settings.poolMetrics());
		}
		this.pool = new HikariDataSource(config);
	}

	/**
	 * Cuts all connections and closes the pool.
	 * @param closer runs the closing of the pool, which may take some seconds
	 */
	synchronized void close(Executor closer) {
		HikariDataSource current = this.pool;
		this.pool = null;
		this.connector.abortAll(closer);
		if (current != null) {
			closer.execute(current::close);
		}
	}

	/** Closes the pool in good order: connections in use are finished first. */
	synchronized void shutDown() {
		HikariDataSource current = this.pool;
		this.pool = null;
		if (current != null) {
			current.close();
		}
		this.connector.abortAll(Runnable::run);
	}

	Connection connectForProbe() throws SQLException {
		return this.connector.connectToServer(this.settings.monitor(), this.settings.probeTimeout());
	}

	@Override
	public String toString() {
		return this.name;
	}

	@FunctionalInterface
	private interface ConnectionSource {

		Connection open() throws SQLException;

	}

	private static final class NodeDataSource extends AbstractDataSource {

		private final ConnectionSource source;

		private NodeDataSource(ConnectionSource source) {
			this.source = source;
		}

		@Override
		public Connection getConnection() throws SQLException {
			return this.source.open();
		}

		@Override
		public Connection getConnection(String username, String password) throws SQLException {
			return this.source.open();
		}

		@Override
		public void setLoginTimeout(int timeout) {
			// The connect timeout is the bound.
		}

	}

}
