package io.tandem.cluster.mysql;

import java.sql.SQLException;
import java.time.Duration;

import io.tandem.cluster.process.NodeException;
import io.tandem.cluster.process.NodeProcess;

/**
 * Tells every db-router to hold new writes back, by the named locks of docs/adr/0018, and
 * lets the transactions under way end. Without a db-router it costs a second and does no
 * harm. The locks end with their session.
 */
final class WriteHold {

	/** The interval and the time limit of an instance's looks at the primary. */
	private static final Duration HEARD = Duration.ofSeconds(1);

	private static final Duration OBEYED = Duration.ofMillis(100);

	private static final Duration DRAINED = Duration.ofMillis(700);

	private static final Duration PAUSE = Duration.ofMillis(10);

	/** Reads need not end, only what has changed rows. */
	private static final String TRANSACTIONS = """
			SELECT COALESCE(SUM(trx_rows_modified > 0), 0) FROM information_schema.innodb_trx
			 WHERE trx_mysql_thread_id NOT IN (0, CONNECTION_ID())""";

	private final MySqlNode primary;

	private final Session session;

	private WriteHold(MySqlNode primary, Session session) {
		this.primary = primary;
		this.session = session;
	}

	/** What is done while nobody writes. */
	interface Work {

		void run() throws SQLException;

	}

	/**
	 * Holds new writes back, waits for those under way, and does something.
	 * @param primary the node that takes the writes
	 * @param work the work, after which there is a primary again
	 */
	static void during(MySqlNode primary, Work work) throws SQLException {
		try (Session session = primary.session()) {
			new WriteHold(primary, session).begin();
			work.run();
		}
	}

	private void begin() throws SQLException {
		lock("db-router.switchover");
		NodeProcess.pause(HEARD);
		lock("db-router.switchover.hold");
		NodeProcess.pause(OBEYED);
		drain();
	}

	private void lock(String name) throws SQLException {
		if (!"1".equals(this.session.value("SELECT GET_LOCK('" + name + "', 0)"))) {
			throw new NodeException(this.primary.name(),
					"somebody else is switching the primary already (holds the lock " + name + ")", null, null);
		}
	}

	private void drain() throws SQLException {
		long deadline = System.nanoTime() + DRAINED.toNanos();
		String open = this.session.value(TRANSACTIONS);
		while (!open.equals("0") && System.nanoTime() < deadline) {
			NodeProcess.pause(PAUSE);
			open = this.session.value(TRANSACTIONS);
		}
		if (!open.equals("0")) {
			throw new NodeException(this.primary.name(),
					open + " open transactions have changed rows and did not end" + " within " + DRAINED.toMillis()
							+ " ms. Nothing was changed: try again, or end them (SELECT"
							+ " trx_mysql_thread_id, trx_started FROM information_schema.innodb_trx; KILL …)",
					null, null);
		}
	}

}
