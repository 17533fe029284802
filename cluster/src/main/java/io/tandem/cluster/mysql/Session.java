package io.tandem.cluster.mysql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A node's administrator at work.
 */
final class Session implements AutoCloseable {

	private final Connection connection;

	private final Statement statement;

	Session(Connection connection) throws SQLException {
		this.connection = connection;
		this.statement = connection.createStatement();
	}

	void execute(String... statements) throws SQLException {
		for (String sql : statements) {
			this.statement.execute(sql);
		}
	}

	/** The first column of the first row, empty if there is none or it is NULL. */
	String value(String query) throws SQLException {
		return row(query).values().stream().findFirst().orElse("");
	}

	/**
	 * The first row by its columns' names, empty if there is none; NULL is the empty
	 * text.
	 */
	Map<String, String> row(String query) throws SQLException {
		try (ResultSet rows = this.statement.executeQuery(query)) {
			Map<String, String> row = new LinkedHashMap<>();
			if (rows.next()) {
				for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
					row.put(rows.getMetaData().getColumnLabel(i), Optional.ofNullable(rows.getString(i)).orElse(""));
				}
			}
			return row;
		}
	}

	boolean isWritable() throws SQLException {
		return "0".equals(value("SELECT @@GLOBAL.super_read_only OR @@GLOBAL.read_only"));
	}

	/** What SHOW REPLICA STATUS says; empty if the node follows nobody. */
	Map<String, String> replicaStatus() throws SQLException {
		return row("SHOW REPLICA STATUS");
	}

	/** What the node has committed, in one line. */
	String executed() throws SQLException {
		return oneLine("SELECT @@GLOBAL.gtid_executed");
	}

	/** The part of a set of transactions that this node has not executed, in one line. */
	String missing(String transactions) throws SQLException {
		return oneLine("SELECT GTID_SUBTRACT('" + transactions + "', @@GLOBAL.gtid_executed)");
	}

	/** The part of a set of transactions that another set lacks, in one line. */
	String missing(String transactions, String from) throws SQLException {
		return oneLine("SELECT GTID_SUBTRACT('" + transactions + "', '" + from + "')");
	}

	/** What has come over a channel, applied or not, in one line. */
	String received(String channel) throws SQLException {
		return oneLine("SELECT received_transaction_set FROM performance_schema.replication_connection_status"
				+ " WHERE channel_name = '" + channel + "'");
	}

	/**
	 * What a member of a group has executed or will, because it has received it, in one
	 * line.
	 */
	String executedOrReceived() throws SQLException {
		return Stream.of(executed(), received("group_replication_applier"))
			.filter((set) -> !set.isEmpty())
			.collect(Collectors.joining(","));
	}

	/**
	 * Waits until the node has executed a set of transactions.
	 * @param transactions the set
	 * @param atMost how long; less than the session's statements may take
	 * @return whether it has
	 */
	boolean awaitExecuted(String transactions, Duration atMost) throws SQLException {
		return "0".equals(
				value("SELECT WAIT_FOR_EXECUTED_GTID_SET('" + transactions + "', " + atMost.toMillis() / 1000.0 + ")"));
	}

	private String oneLine(String query) throws SQLException {
		return value(query).replace("\n", "");
	}

	@Override
	public void close() {
		try {
			this.connection.close();
		}
		catch (SQLException ex) {
			// The server ends it.
		}
	}

}
