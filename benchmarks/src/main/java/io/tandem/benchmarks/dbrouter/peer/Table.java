package io.tandem.benchmarks.dbrouter.peer;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The table that is measured.
 */
public final class Table {

	/** Rows, with the ids 1 to this. */
	static final int ROWS = 1000;

	private Table() {
	}

	/**
	 * Creates and fills the table.
	 * @param primary a connection of the schema's owner
	 * @throws SQLException if that fails
	 */
	public static void create(Connection primary) throws SQLException {
		try (Statement statement = primary.createStatement()) {
			statement.execute("""
					CREATE TABLE item (id BIGINT PRIMARY KEY, name VARCHAR(100) NOT NULL, uses BIGINT NOT NULL)""");
		}
		try (PreparedStatement insert = primary.prepareStatement("INSERT INTO item VALUES (?, ?, 0)")) {
			primary.setAutoCommit(false);
			for (int id = 1; id <= ROWS; id++) {
				insert.setLong(1, id);
				insert.setString(2, "The item with the number " + id);
				insert.executeUpdate();
			}
			primary.commit();
		}
	}

}
