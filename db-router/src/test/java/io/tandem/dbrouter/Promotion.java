package io.tandem.dbrouter;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

import io.tandem.cluster.mysql.MySqlNode;
import io.tandem.cluster.mysql.MySqlPair;
import io.tandem.cluster.process.NodeException;
import org.awaitility.Awaitility;

/**
 * What an operator does to make the replica of a pair its primary.
 *
 * @param pair the pair
 * @param directory where it keeps its data and the name of its primary
 */
record Promotion(MySqlPair pair, Path directory) {

	/** Ends when the new primary accepts writes. */
	void promote(MySqlNode node) throws SQLException {
		try (Connection connection = connect(node); Statement statement = connection.createStatement()) {
			statement.execute("STOP REPLICA IO_THREAD");
			Awaitility.await()
				.atMost(Duration.ofSeconds(10))
				.pollInterval(Duration.ofMillis(10))
				.until(() -> isAllApplied(statement));
			statement.execute("STOP REPLICA");
			statement.execute("RESET REPLICA ALL");
			// It is alone: its first commit would wait a second for a replica.
			statement.execute("SET GLOBAL rpl_semi_sync_source_wait_no_replica = OFF");
			record(node);
			statement.execute("SET GLOBAL super_read_only = OFF, GLOBAL read_only = OFF");
		}
	}

	private static boolean isAllApplied(Statement statement) throws SQLException {
		try (ResultSet row = statement.executeQuery("SELECT GTID_SUBSET(received_transaction_set, @@gtid_executed)"
				+ " FROM performance_schema.replication_connection_status")) {
			return row.next() && row.getBoolean(1);
		}
	}

	/** From now on the pair takes it for its primary, whoever made it so. */
	void record(MySqlNode node) {
		try {
			Files.writeString(this.directory.resolve("primary"), node.name());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Makes the former primary, which must be dead, a replica; its commits count again.
	 * @return {@code false} if it has commits that no replica acknowledged: recovery has
	 * kept them, nobody was told so, and its data would have to be replaced
	 */
	boolean rejoin(MySqlNode node) throws SQLException {
		try {
			node.start();
		}
		catch (NodeException ex) {
			if (!String.valueOf(ex.getMessage()).contains("--reclone")) {
				throw ex;
			}
			return false;
		}
		try (Connection connection = connect(this.pair.primary()); Statement statement = connection.createStatement()) {
			statement.execute("SET GLOBAL rpl_semi_sync_source_wait_no_replica = ON");
		}
		return true;
	}

	Connection connect(MySqlNode node) throws SQLException {
		return node.connect(this.pair.accounts().admin());
	}

}
