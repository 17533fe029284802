package io.tandem.dbrouter;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import io.tandem.cluster.mysql.MySqlNode;
import io.tandem.cluster.mysql.MySqlPair;

/**
 * What a node has executed on the tables of the tests, by the node's own counters.
 *
 * @param reads SELECT statements
 * @param writes INSERT, UPDATE and DELETE statements
 */
record Executions(long reads, long writes) {

	private static final String QUERY = """
			SELECT COALESCE(SUM(IF(digest_text LIKE 'SELECT%', count_star, 0)), 0),
			       COALESCE(SUM(IF(digest_text LIKE 'SELECT%', 0, count_star)), 0)
			  FROM performance_schema.events_statements_summary_by_digest
			 WHERE digest_text LIKE '%`note%' AND digest_text NOT LIKE '%performance_schema%'
			   AND digest_text REGEXP '^(SELECT|INSERT|UPDATE|DELETE)'""";

	static Executions on(MySqlPair pair, MySqlNode node) {
		try (Connection connection = node.connect(pair.accounts().admin());
				Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery(QUERY)) {
			row.next();
			return new Executions(row.getLong(1), row.getLong(2));
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	Executions since(Executions before) {
		return new Executions(this.reads - before.reads, this.writes - before.writes);
	}

}
