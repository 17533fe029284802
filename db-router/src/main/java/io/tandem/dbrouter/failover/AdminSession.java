package io.tandem.dbrouter.failover;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import com.mysql.cj.jdbc.JdbcConnection;
import io.tandem.dbrouter.topology.Account;
import io.tandem.dbrouter.topology.Node;

/**
 * A session with the rights to change a server's role. Nothing in it waits without a
 * bound, and the server ends it soon if we die.
 */
final class AdminSession implements AutoCloseable {

	private static final Duration LONGEST_ANSWER = Duration.ofSeconds(10);

	private final Node node;

	private final Connection connection;

	AdminSession(Node node, Account account) throws SQLException {
		this.node = node;
		this.connection = node.connectToServer(account, LONGEST_ANSWER);
		execute("SET SESSION lock_wait_timeout = 2, wait_timeout = 30");
	}

	Node node() {
		return this.node;
	}

	void execute(String sql, Object... arguments) throws SQLException {
		try (PreparedStatement statement = prepare(sql, arguments)) {
			statement.execute();
		}
	}

	/** The first row, empty if there is none; {@code null} becomes empty. */
	List<String> row(String sql, Object... arguments) throws SQLException {
		try (PreparedStatement statement = prepare(sql, arguments); ResultSet rows = statement.executeQuery()) {
			List<String> row = new ArrayList<>();
			if (rows.next()) {
				for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
					String value = rows.getString(i);
					row.add((value != null) ? value : "");
				}
			}
			return row;
		}
	}

	String value(String sql, Object... arguments) throws SQLException {
		List<String> row = row(sql, arguments);
		return row.isEmpty() ? "" : row.get(0);
	}

	/** On the client: the server prepares none of the statements about replication. */
	private PreparedStatement prepare(String sql, Object... arguments) throws SQLException {
		PreparedStatement statement = this.connection.unwrap(JdbcConnection.class).clientPrepareStatement(sql);
		for (int i = 0; i < arguments.length; i++) {
			statement.setObject(i + 1, arguments[i]);
		}
		return statement;
	}

	@Override
	public void close() {
		try {
			this.connection.close();
		}
		catch (SQLException ex) {
			// It is gone either way, and its locks with it.
		}
	}

}
