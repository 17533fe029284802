package io.tandem.cluster.mysql;

import java.sql.SQLException;

/**
 * Numbers that a test writes and reads.
 */
final class Rows {

	private Rows() {
	}

	static void createTable(MySqlNode primary) throws SQLException {
		try (Session session = primary.session()) {
			session.execute("CREATE TABLE IF NOT EXISTS tandem.number (id INT PRIMARY KEY)");
		}
	}

	static void insert(MySqlNode node, int first, int last) throws SQLException {
		try (Session session = node.session()) {
			for (int number = first; number <= last; number++) {
				session.execute("INSERT INTO tandem.number VALUES (" + number + ")");
			}
		}
	}

	static long count(MySqlNode node, int first, int last) throws SQLException {
		return Long
			.parseLong(value(node, "SELECT COUNT(*) FROM tandem.number WHERE id BETWEEN " + first + " AND " + last));
	}

	static String value(MySqlNode node, String query) throws SQLException {
		try (Session session = node.session()) {
			return session.value(query);
		}
	}

}
