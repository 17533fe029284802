package io.tandem.dbrouter.topology;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Executor;

import com.mysql.cj.jdbc.NonRegisteringDriver;
import io.tandem.dbrouter.gtid.CommitCapture;
import io.tandem.dbrouter.gtid.CommitListener;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Opens connections to one node and can cut all of them at once.
 */
final class PhysicalConnector {

	private static final Log logger = LogFactory.getLog(PhysicalConnector.class);

	/** What the driver should do; the URL of the node may say otherwise. */
	private static final Map<String, String> DEFAULTS = Map.of("tcpKeepAlive", "true", "cacheServerConfiguration",
			"true", "useLocalSessionState", "true", "readOnlyPropagatesToServer", "false", "cachePrepStmts", "true",
			"prepStmtCacheSqlLimit", "2048", "alwaysSendSetIsolation", "false", "maintainTimeStats", "false",
			"characterSetResults", "UTF-8");

	private final NodeUrl url;

	private final Duration connectTimeout;

	private final CommitCapture commits;

	private final List<Connection> opened = new ArrayList<>();

	PhysicalConnector(NodeUrl url, Duration connectTimeout, CommitListener commits) {
		this.url = url;
		this.commits = new CommitCapture(commits);
		this.connectTimeout = millisOf("connectTimeout", connectTimeout);
	}

	/**
	 * Connects.
	 * @param account the account to log in with
	 * @param socketTimeout the longest wait for an answer once connected, zero for no
	 * bound; the URL's own socketTimeout wins
	 * @return the connection
	 * @throws SQLException if the node does not let us in within the connect timeout
	 */
	Connection connect(Account account, Duration socketTimeout) throws SQLException {
		return connect(account, socketTimeout, new Properties());
	}

	/**
	 * Connects for the application, whose commits are listened to.
	 * @param account the account to log in with
	 * @param socketTimeout as above
	 * @param tracksGtids whether the server reports GTIDs without being told to, which
	 * saves a round trip
	 * @return the connection
	 * @throws SQLException as above
	 */
	Connection connectForPool(Account account, Duration socketTimeout, boolean tracksGtids) throws SQLException {
		Properties properties = new Properties();
		properties.setProperty(CommitCapture.DRIVER_PARAMETER, "true");
		if (!tracksGtids) {
			String others = this.url.parameters().get("sessionVariables");
			properties.setProperty("sessionVariables",
					((others != null) ? others + "," : "") + CommitCapture.SESSION_VARIABLE);
		}
		Connection connection = connect(account, socketTimeout, properties);
		this.commits.listenTo(connection);
		return connection;
	}

	/**
	 * Connects without a default database, for an account that may not use it.
	 * @param account the account to log in with
	 * @param socketTimeout as above
	 * @param longest the longest time for connecting, if it is less than for others
	 * @return the connection
	 * @throws SQLException as above
	 */
	Connection connectToServer(Account account, Duration socketTimeout, Duration longest) throws SQLException {
		Properties properties = new Properties();
		properties.setProperty("dbname", "");
		if (longest.compareTo(this.connectTimeout) < 0) {
			properties.setProperty("connectTimeout", Long.toString(longest.toMillis()));
		}
		return connect(account, socketTimeout, properties);
	}

	private Connection connect(Account account, Duration socketTimeout, Properties properties) throws SQLException {
		DEFAULTS.forEach((name, value) -> {
			if (!this.url.parameters().containsKey(name)) {
				properties.setProperty(name, value);
			}
		});
		properties.setProperty("user", account.username());
		properties.setProperty("password", account.password());
		properties.putIfAbsent("connectTimeout", Long.toString(this.connectTimeout.toMillis()));
		// A hanging server accepts the connection and never greets: connectTimeout does
		// not see it, the socket timeout does.
		properties.setProperty("socketTimeout", properties.getProperty("connectTimeout"));
		Connection connection = new NonRegisteringDriver().connect(this.url.url(), properties);
		if (connection == null) {
			throw new SQLNonTransientConnectionException("MySQL Connector/J does not accept " + this.url.url(),
					"08001");
		}
		connection.setNetworkTimeout(Runnable::run,
				Math.toIntExact(millisOf("socketTimeout", socketTimeout).toMillis()));
		remember(connection);
		return connection;
	}

	private Duration millisOf(String parameter, Duration fallback) {
		String value = this.url.parameters().get(parameter);
		return (value != null) ? Duration.ofMillis(Long.parseLong(value)) : fallback;
	}

	private void remember(Connection connection) throws SQLException {
		synchronized (this.opened) {
			List<Connection> closed = new ArrayList<>();
			for (Connection other : this.opened) {
				if (other.isClosed()) {
					closed.add(other);
				}
			}
			this.opened.removeAll(closed);
			this.opened.add(connection);
		}
	}

	/**
	 * Cuts all connections: whoever waits for an answer on one gets an error now.
	 * @param executor cuts each on its own, for closing one may take a while
	 */
	void abortAll(Executor executor) {
		List<Connection> victims;
		synchronized (this.opened) {
			victims = List.copyOf(this.opened);
			this.opened.clear();
		}
		for (Connection victim : victims) {
			try {
				victim.abort(executor);
			}
			catch (SQLException | RuntimeException ex) {
				logger.debug("Could not abort a connection to " + this.url, ex);
			}
		}
	}

}
