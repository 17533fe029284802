package io.tandem.dbrouter.topology;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.Executor;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import io.tandem.dbrouter.gtid.GtidSet;
import io.tandem.dbrouter.wire.PhysicalConnection;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.datasource.AbstractDataSource;

/**
 * One database node and its connections. The pool knows nothing of roles and lives as
 * long as the node answers: a dead node has none, so nobody waits for it, and a node that
 * comes back starts with a fresh one instead of a back-off of the old.
 */
public final class Node {

	private static final Duration DRAIN_PAUSE = Duration.ofMillis(50);

	private static final int CHECK_SECONDS = 1;

	private final String name;

	private final NodeUrl url;

	private final NodeSettings settings;

	private final PhysicalConnector connector;

	private volatile @Nullable HikariDataSource pool;

	private volatile @Nullable Long suspectSince;

	private volatile long doubtedAt = System.nanoTime();

	private final int weight;

	private final Watermark watermark = new Watermark();

	private volatile @Nullable Lag lag;

	private volatile @Nullable Long routableSince;

	private volatile boolean tracksGtids;

	private volatile boolean numbersTransactions = true;

	/**
	 * Creates a node without connecting to it.
	 * @param name its name
	 * @param url where it is
	 * @param settings how to connect
	 */
	public Node(String name, NodeUrl url, NodeSettings settings) {
		this(name, url, settings, 1);
	}

	/**
	 * Creates a node without connecting to it.
	 * @param name its name
	 * @param url where it is
	 * @param settings how to connect
	 * @param weight its share of the reads
	 */
	public Node(String name, NodeUrl url, NodeSettings settings, int weight) {
		this.weight = weight;
		this.name = name;
		this.url = url;
		this.settings = settings;
		this.connector = new PhysicalConnector(url, settings.connectTimeout(), this::committed);
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
			return trusted(current);
		}
		catch (SQLException ex) {
			throw current.isClosed() ? down() : ex;
		}
	}

	/**
	 * The pool does not look at connections that it gave out within the last half second;
	 * after a failure on the node those are the likeliest to be dead.
	 */
	private Connection trusted(HikariDataSource current) throws SQLException {
		long deadline = System.nanoTime() + this.settings.connectionTimeout().toNanos();
		while (true) {
			Connection connection = current.getConnection();
			if (!connection.unwrap(PhysicalConnection.class).isDoubtful() || connection.isValid(CHECK_SECONDS)) {
				return connection;
			}
			current.evictConnection(connection);
			if (System.nanoTime() - deadline > 0) {
				throw new SQLTransientConnectionException(this.name + " does not answer", "08001");
			}
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
	 * Opens a connection to the server, outside of the pool and without a default
	 * database.
	 * @param account the account to log in with
	 * @param socketTimeout the longest wait for an answer
	 * @return a connection with auto-commit on; it is cut when the node goes down
	 * @throws SQLException if the node does not let us in
	 */
	public Connection connectToServer(Account account, Duration socketTimeout) throws SQLException {
		return this.connector.connectToServer(account, socketTimeout, this.settings.connectTimeout());
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
		doubt();
		this.suspectSince = this.doubtedAt;
	}

	/** A connection was lost: others may be too, and are checked before they are used. */
	void doubt() {
		this.doubtedAt = System.nanoTime();
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
		config.setDataSource(new NodeDataSource(this::openForPool));
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

	private Connection openForPool() throws SQLException {
		return new PhysicalConnection(this.connector.connectForPool(this.settings.application(),
				this.settings.socketTimeout(), this.tracksGtids), this.settings.pipelined(), () -> this.doubtedAt);
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

	/**
	 * Closes the pool once its connections have come back.
	 * @param longest after that the rest is cut
	 */
	void drain(Duration longest) {
		HikariDataSource current = this.pool;
		if (current != null) {
			HikariPoolMXBean connections = current.getHikariPoolMXBean();
			current.getHikariConfigMXBean().setMinimumIdle(0);
			long deadline = System.nanoTime() + longest.toNanos();
			try {
				do {
					connections.softEvictConnections();
					Thread.sleep(DRAIN_PAUSE.toMillis());
				}
				while (connections.getTotalConnections() > 0 && System.nanoTime() < deadline);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}
		shutDown();
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

	Connection connectForProbe(boolean known) throws SQLException {
		return this.connector.connectToServer(this.settings.monitor(), this.settings.probeTimeout(),
				known ? this.settings.probeTimeout() : this.settings.connectTimeout());
	}

	/**
	 * What the node is known to have executed: never more than it has, perhaps less.
	 * @return the transactions; none while nothing is known or GTIDs are off
	 */
	public GtidSet executed() {
		return this.watermark.executed();
	}

	/**
	 * Takes note of transactions that a session on the node has found executed.
	 * @param transactions the transactions
	 */
	public void advance(GtidSet transactions) {
		this.watermark.advance(transactions);
	}

	/**
	 * How far the node is behind the primary.
	 * @return the lag, {@code null} if it is the primary or nothing is known
	 */
	public @Nullable Lag lag() {
		return this.lag;
	}

	/**
	 * Whether the server tells each session the GTIDs of its commits without being asked
	 * to.
	 * @return {@code true} if {@code session_track_gtids} is {@code OWN_GTID} on the
	 * server
	 */
	public boolean tracksGtids() {
		return this.tracksGtids;
	}

	/**
	 * Whether the server gives its transactions GTIDs.
	 * @return {@code false} if its {@code gtid_mode} was seen not to be {@code ON}
	 */
	public boolean numbersTransactions() {
		return this.numbersTransactions;
	}

	/**
	 * Since when the node has been taking reads, for a slow start.
	 * @return the moment in {@link System#nanoTime()}, {@code null} if it takes none
	 */
	public @Nullable Long routableSince() {
		return this.routableSince;
	}

	/**
	 * The node's share of the reads.
	 * @return 1 unless configured otherwise
	 */
	public int weight() {
		return this.weight;
	}

	private void committed(GtidSet transactions) {
		advance(transactions);
		this.settings.commits().committed(transactions);
	}

	void observed(Observation seen) {
		if (this.pool == null) {
			// It was down: a crash may have cost it what its sessions saw last.
			this.watermark.forget();
		}
		this.watermark.probed(seen.server().uuid(), seen.transactions().executed());
		this.tracksGtids = seen.transactions().tracked();
		this.numbersTransactions = seen.transactions().numbered();
	}

	void evaluated(boolean routable, @Nullable Lag now) {
		this.lag = now;
		if (!routable) {
			this.routableSince = null;
		}
		else if (this.routableSince == null) {
			this.routableSince = System.nanoTime();
		}
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
