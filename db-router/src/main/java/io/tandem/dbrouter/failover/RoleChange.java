package io.tandem.dbrouter.failover;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

import io.tandem.dbrouter.topology.Account;
import io.tandem.dbrouter.topology.NodeUrl;
import org.jspecify.annotations.Nullable;

/**
 * The statements by which two servers change their roles, each with what takes it back.
 *
 * @param old a session on the primary
 * @param next a session on the replica
 * @param reversal takes everything back
 */
record RoleChange(AdminSession old, AdminSession next, Reversal reversal) {

	private static final String WRITABLE = "SET GLOBAL super_read_only = OFF, GLOBAL read_only = OFF";

	private static final Duration PAUSE = Duration.ofMillis(10);

	/** Reads of the old primary need not end, only what has changed rows. */
	private static final String TRANSACTIONS = """
			SELECT COUNT(*), COALESCE(SUM(trx_rows_modified > 0), 0) FROM information_schema.innodb_trx
			 WHERE trx_mysql_thread_id NOT IN (0, CONNECTION_ID())""";

	private static final String SOURCE = """
			SELECT ssl_allowed, ssl_ca_file FROM performance_schema.replication_connection_configuration
			 WHERE channel_name = ''""";

	private static final Duration CONNECTED_WITHIN = Duration.ofMillis(500);

	/** What can be known before anything is changed. */
	void check() throws SQLException {
		if (!this.next.value("""
				SELECT COUNT(*) FROM performance_schema.replication_group_members
				 WHERE member_state = 'ONLINE'""").equals("0")) {
			throw new SwitchoverException("The servers are a replication group: use group_replication_set_as_primary"
					+ " there, db-router follows");
		}
		if (!"ON".equals(this.old.value("SELECT @@global.gtid_mode"))) {
			throw new SwitchoverException("A switchover needs gtid_mode=ON");
		}
		if (this.next.row(SOURCE).isEmpty()) {
			throw new SwitchoverException(this.next.node() + " has no default replication channel");
		}
	}

	/** Waits until the transactions that are under way have ended. */
	void drain(Duration longest) throws SQLException, InterruptedException {
		long deadline = System.nanoTime() + longest.toNanos();
		int quiet = 0;
		while (quiet < 2) {
			List<String> running = this.old.row(TRANSACTIONS);
			quiet = "0".equals(running.get(0)) ? quiet + 1 : 0;
			if (System.nanoTime() > deadline) {
				if ("0".equals(running.get(1))) {
					return;
				}
				throw new SwitchoverException(running.get(1) + " transactions have changed rows and did not end within "
						+ longest.toMillis() + " ms");
			}
			Thread.sleep(PAUSE.toMillis());
		}
	}

	void stopWrites() throws SQLException {
		this.reversal.add(this.old.node(), WRITABLE);
		this.old.execute("SET GLOBAL super_read_only = ON");
	}

	void catchUp(Duration longest) throws SQLException {
		String executed = this.old.value("SELECT @@global.gtid_executed");
		String timeout = this.next.value("SELECT WAIT_FOR_EXECUTED_GTID_SET(?, ?)", executed,
				longest.toMillis() / 1000.0);
		if (!"0".equals(timeout)) {
			throw new SwitchoverException(this.next.node() + " did not catch up within " + longest.toMillis() + " ms");
		}
	}

	/**
	 * Stops the replica and lets the old primary follow it, before it takes writes: a
	 * semi-synchronous primary without a replica lets its first commit wait.
	 */
	boolean turnRound(@Nullable Account replication) throws SQLException, InterruptedException {
		List<String> source = this.next.row(SOURCE);
		this.reversal.add(this.next.node(), "START REPLICA");
		this.next.execute("STOP REPLICA");
		if (replication == null) {
			return false;
		}
		this.reversal.add(this.old.node(), "STOP REPLICA", "RESET REPLICA ALL");
		boolean encrypted = "YES".equals(source.get(0));
		String authority = source.get(1);
		List<String> reported = this.next.row("SELECT @@report_host, @@report_port");
		NodeUrl url = this.next.node().url();
		boolean reports = !reported.get(0).isEmpty();
		this.old.execute("CHANGE REPLICATION SOURCE TO SOURCE_HOST=?, SOURCE_PORT=?, SOURCE_USER=?, SOURCE_PASSWORD=?,"
				+ " SOURCE_AUTO_POSITION=1, SOURCE_CONNECT_RETRY=1, SOURCE_RETRY_COUNT=86400, SOURCE_SSL="
				+ (encrypted ? "1" : "0") + ", SOURCE_SSL_CA=?, GET_SOURCE_PUBLIC_KEY=" + (encrypted ? "0" : "1"),
				reports ? reported.get(0) : url.host(), reports ? Integer.parseInt(reported.get(1)) : url.port(),
				replication.username(), replication.password(), authority);
		this.old.execute("START REPLICA");
		long deadline = System.nanoTime() + CONNECTED_WITHIN.toNanos();
		while (System.nanoTime() < deadline && !"ON".equals(this.old.value("""
				SELECT service_state FROM performance_schema.replication_connection_status
				 WHERE channel_name = ''"""))) {
			Thread.sleep(PAUSE.toMillis());
		}
		return true;
	}

	void startWrites() throws SQLException {
		this.reversal.add(this.next.node(), "SET GLOBAL super_read_only = ON");
		this.next.execute(WRITABLE);
	}

	/** The new primary is one already: what fails here changes nothing. */
	void cleanUp() {
		try {
			this.next.execute("RESET REPLICA ALL");
		}
		catch (SQLException ex) {
			// Its replication is stopped, which is what matters.
		}
	}

}
