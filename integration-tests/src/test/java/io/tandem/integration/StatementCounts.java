package io.tandem.integration;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * How many statements of the application's account one database node has executed, by the
 * node's own {@code performance_schema}. Probes and Flyway use other accounts and do not
 * count.
 *
 * @param selects SELECT statements
 * @param writes INSERT, UPDATE, DELETE and REPLACE statements
 */
record StatementCounts(long selects, long writes) {

	private static final String QUERY = """
			SELECT COALESCE(SUM(IF(event_name = 'statement/sql/select', count_star, 0)), 0),
			       COALESCE(SUM(IF(event_name IN ('statement/sql/insert', 'statement/sql/insert_select',
			           'statement/sql/update', 'statement/sql/update_multi', 'statement/sql/delete',
			           'statement/sql/delete_multi', 'statement/sql/replace'), count_star, 0)), 0)
			FROM performance_schema.events_statements_summary_by_user_by_event_name WHERE user = 'tandem_application'""";

	static StatementCounts of(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(QUERY)) {
			row.next();
			return new StatementCounts(row.getLong(1), row.getLong(2));
		}
	}

	StatementCounts since(StatementCounts before) {
		return new StatementCounts(this.selects - before.selects, this.writes - before.writes);
	}

}
