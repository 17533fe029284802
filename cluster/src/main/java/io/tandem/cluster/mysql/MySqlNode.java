package io.tandem.cluster.mysql;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Properties;

import com.mysql.cj.jdbc.Driver;
import io.tandem.cluster.process.NodeException;
import io.tandem.cluster.process.NodeProcess;
import io.tandem.cluster.process.PrivateFiles;
import io.tandem.cluster.process.ProcessStamp;

/**
 * One MySQL server process on 127.0.0.1 and its place among the others.
 */
public final class MySqlNode {

	private static final Duration STARTED_WITHIN = Duration.ofMinutes(2);

	private static final Duration STOPPED_WITHIN = Duration.ofSeconds(20);

	private static final Duration LONGEST_STATEMENT = Duration.ofSeconds(15);

	private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(2);

	private final MySqlServers servers;

	private final String name;

	private final Layout layout;

	private final NodeProcess process;

	private int port;

	MySqlNode(MySqlServers servers, String name, int port, Layout layout) {
		this.servers = servers;
		this.name = name;
		this.port = port;
		this.layout = layout;
		this.process = new NodeProcess(name, layout.home(name).resolve("pid"));
	}

	public String name() {
		return this.name;
	}

	public int port() {
		return this.port;
	}

	/** The JDBC URL of the schema {@code tandem} on this node. */
	public String jdbcUrl() {
		return url(Accounts.SCHEMA);
	}

	private String url(String schema) {
		return "jdbc:mysql://127.0.0.1:" + this.port + "/" + schema;
	}

	public boolean isRunning() {
		return this.process.isAlive();
	}

	/** The process id, empty if the node is not running. */
	public OptionalLong pid() {
		return this.process.alive().map((stamp) -> OptionalLong.of(stamp.pid())).orElse(OptionalLong.empty());
	}

	/** Resident memory in bytes, empty if the node is not running. */
	public OptionalLong residentBytes() {
		return this.process.residentBytes();
	}

	/** MySQL's error log. */
	public Path log() {
		return this.layout.log(this.name);
	}

	/**
	 * Starts the node unless it is running, and restores its role: it becomes writable if
	 * it is the primary and no other node is, else it replicates. Returns when that is
	 * done.
	 * @throws NodeException if the server does not start or its role cannot be restored
	 */
	public void start() {
		this.servers.prepare(List.of(this));
		launch();
		awaitReady();
		this.servers.restoreRole(this);
	}

	/** Starts the process, read-only, and does not wait. */
	void launch() {
		if (isRunning()) {
			return;
		}
		Path home = this.layout.home(this.name);
		try {
			PrivateFiles.write(portFile(), Integer.toString(this.port));
			Path options = home.resolve("my.cnf");
			PrivateFiles.write(options,
					new OptionFile(this.servers.installation(), serverId(), this.port, this.layout.data(this.name),
							this.layout.tls(), log(), Layout.isRoot(home), this.servers.options(this))
						.toString());
			List<String> command = new ArrayList<>(this.servers.installation().command());
			command.add("--defaults-file=" + options);
			this.process.launch(command, home, Map.of(), log());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private int serverId() {
		return this.servers.nodes().indexOf(this) + 1;
	}

	/** Waits until the server accepts connections, and no longer than it is alive. */
	void awaitReady() {
		Optional<ProcessStamp> started = this.process.alive();
		long deadline = System.nanoTime() + STARTED_WITHIN.toNanos();
		while (System.nanoTime() < deadline) {
			if (started.filter(ProcessStamp::isAlive).isEmpty()) {
				throw new NodeException(this.name, "MySQL ended while it was starting:\n" + ErrorLog.excerpt(log(), ""),
						log(), null);
			}
			if (answers()) {
				return;
			}
			NodeProcess.pause(Duration.ofMillis(50));
		}
		throw new NodeException(this.name, "MySQL did not accept connections within " + STARTED_WITHIN.toSeconds()
				+ " s:\n" + ErrorLog.excerpt(log(), ""), log(), null);
	}

	/** SIGTERM, and SIGKILL if the server takes longer than 20 s. */
	public void stop() {
		this.process.stop(STOPPED_WITHIN);
	}

	/** SIGKILL: nothing is flushed, no connection is closed in order. */
	public void kill() {
		this.process.kill();
	}

	/** SIGSTOP: the node hangs, its connections stay open. */
	public void suspend() {
		this.process.suspend();
	}

	/** SIGCONT: the node goes on. */
	public void resume() {
		this.process.resume();
	}

	/**
	 * Opens a new connection to the schema {@code tandem}.
	 * @param account one of the servers' accounts
	 * @return the connection, to be closed by the caller
	 * @throws SQLException if the server refuses it or is not reachable within 5 s
	 */
	public Connection connect(Account account) throws SQLException {
		return open(jdbcUrl(), account, Map.of("connectTimeout", "5000"));
	}

	/** Works as the administrator, in no schema; no statement waits long. */
	Session session() throws SQLException {
		return session(LONGEST_STATEMENT);
	}

	Session session(Duration longestStatement) throws SQLException {
		return new Session(open(url(""), this.servers.accounts().admin(),
				Map.of("connectTimeout", "2000", "socketTimeout", Long.toString(longestStatement.toMillis()))));
	}

	/** Whether the server executes statements: a hanging one does not. */
	public boolean answers() {
		if (!isRunning()) {
			return false;
		}
		try (Session session = session(ANSWERS_WITHIN)) {
			return !session.value("SELECT 1").isEmpty();
		}
		catch (SQLException ex) {
			return false;
		}
	}

	private static Connection open(String url, Account account, Map<String, String> options) throws SQLException {
		Properties properties = new Properties();
		properties.setProperty("user", account.user());
		properties.setProperty("password", account.password());
		properties.putAll(options);
		Connection connection = new Driver().connect(url, properties);
		if (connection == null) {
			throw new SQLException("No MySQL URL: " + url);
		}
		return connection;
	}

	/** Takes the port of a process that another command started. */
	void adoptPort() {
		Path file = portFile();
		try {
			if (isRunning() && Files.exists(file)) {
				this.port = Integer.parseInt(Files.readString(file).strip());
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	void usePort(int newPort) {
		this.port = newPort;
	}

	private Path portFile() {
		return this.layout.home(this.name).resolve("port");
	}

	@Override
	public String toString() {
		return this.name + " (127.0.0.1:" + this.port + ")";
	}

}
