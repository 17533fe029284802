package io.tandem.integration;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * How many statements of the application's account one database node has executed, by the
 * node's own {@code performance_schema}. Probes and Flyway use other accounts and do not
 * count, nor does a container's health check, which uses the same one from its own host.
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
			FROM performance_schema.events_statements_summary_by_account_by_event_name
			WHERE user = 'tandem_application' AND host <> ?""";

	/**
	 * Ask a node.
	 * @param healthCheckHost where connections come from that are not the application's
	 */
	static StatementCounts of(Connection connection, String healthCheckHost) throws SQLException {
		try (PreparedStatement query = connection.prepareStatement(QUERY)) {
			query.setString(1, healthCheckHost);
			try (ResultSet row = query.executeQuery()) {
				row.next();
				return new StatementCounts(row.getLong(1), row.getLong(2));
			}
		}
	}

	StatementCounts since(StatementCounts before) {
		return new StatementCounts(this.selects - before.selects, this.writes - before.writes);
	}

}
