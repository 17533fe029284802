package io.tandem.benchmarks.dbrouter;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.tandem.benchmarks.dbrouter.peer.Servers;
import io.tandem.benchmarks.dbrouter.peer.Table;
import io.tandem.cluster.mysql.Account;
import io.tandem.cluster.mysql.MySqlInstallation;
import io.tandem.cluster.mysql.MySqlNode;
import io.tandem.cluster.mysql.MySqlPair;
import io.tandem.cluster.network.MySqlProxy;
import io.tandem.cluster.process.PrivateFiles;

/**
 * A MySQL pair with the measured table, and a proxy before each node.
 */
final class Arena implements AutoCloseable {

	private static final String LOOPBACK = "127.0.0.1:";

	private final MySqlPair pair;

	private final MySqlProxy toPrimary;

	private final MySqlProxy toReplica;

	private final int poolSize;

	private final Path directory;

	private Arena(MySqlPair pair, int poolSize, Path directory) {
		this.directory = directory;
		this.pair = pair;
		this.poolSize = poolSize;
		this.toPrimary = MySqlProxy.to(pair.primary().port());
		this.toReplica = MySqlProxy.to(pair.replica().port());
	}

	static Arena open(Path directory, int poolSize) throws IOException, SQLException {
		Arena arena = new Arena(MySqlPair.start(MySqlInstallation.locate(System.err::println), directory), poolSize,
				directory);
		for (MySqlNode node : List.of(arena.pair.primary(), arena.pair.replica())) {
			// All peers at once, with two pools each.
			arena.execute(node, "SET GLOBAL max_connections = 1000");
		}
		try (Connection connection = arena.pair.primary().connect(arena.pair.accounts().owner())) {
			Table.create(connection);
		}
		arena.pair.awaitReplicaCaughtUp(Duration.ofSeconds(60));
		return arena;
	}

	private void execute(MySqlNode node, String... statements) throws SQLException {
		try (Connection connection = node.connect(this.pair.accounts().admin());
				Statement statement = connection.createStatement()) {
			for (String each : statements) {
				statement.execute(each);
			}
		}
	}

	/** Straight to the servers, encrypted. */
	Servers direct() {
		return servers(this.pair.primary().port(), this.pair.replica().port(), true);
	}

	/** Through the proxies, which understand no encryption. */
	Servers proxied() {
		return servers(this.toPrimary.port(), this.toReplica.port(), false);
	}

	private Servers servers(int primary, int replica, boolean encrypted) {
		Account application = this.pair.accounts().application();
		Account monitor = this.pair.accounts().monitor();
		return new Servers(LOOPBACK + primary, LOOPBACK + replica, encrypted, application.user(),
				application.password(), monitor.user(), monitor.password(), this.poolSize);
	}

	void delay(Duration roundTrip) {
		this.toPrimary.delay(roundTrip);
		this.toReplica.delay(roundTrip);
	}

	void resetCommands() {
		this.toPrimary.reset();
		this.toReplica.reset();
	}

	/** Commands of the application sent to both nodes since the last reset. */
	Commands commands() {
		return Commands.of(this.toPrimary.traffic(), this.toReplica.traffic());
	}

	void killPrimary() throws InterruptedException {
		this.pair.primary().kill();
		// What the server had acknowledged has arrived by then.
		TimeUnit.MILLISECONDS.sleep(500);
	}

	void promoteReplica() throws SQLException {
		execute(this.pair.replica(), "STOP REPLICA", "RESET REPLICA ALL", "SET GLOBAL super_read_only = OFF",
				"SET GLOBAL read_only = OFF");
	}

	/** Ends all and deletes the data. */
	@Override
	public void close() throws IOException {
		this.toPrimary.close();
		this.toReplica.close();
		this.pair.close();
		PrivateFiles.delete(this.directory);
	}

}
