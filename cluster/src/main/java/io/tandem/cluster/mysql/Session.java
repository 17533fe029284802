package io.tandem.cluster.mysql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
		List<String> row = row(query);
		return row.isEmpty() ? "" : row.getFirst();
	}

	/** The first row, empty if there is none; NULL is the empty text. */
	List<String> row(String query) throws SQLException {
		try (ResultSet rows = this.statement.executeQuery(query)) {
			List<String> row = new ArrayList<>();
			if (rows.next()) {
				for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
					row.add(Optional.ofNullable(rows.getString(i)).orElse(""));
				}
			}
			return row;
		}
	}

	/** What the node has committed, in one line. */
	String executed() throws SQLException {
		return value("SELECT @@GLOBAL.gtid_executed").replace("\n", "");
	}

	/** The part of a set of transactions that this node has not executed, in one line. */
	String missing(String transactions) throws SQLException {
		return value("SELECT GTID_SUBTRACT('" + transactions + "', @@GLOBAL.gtid_executed)").replace("\n", "");
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
