package io.tandem.cluster.mysql;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MySqlPairIntegrationTests {

	private Path directory;

	private MySqlPair pair;

	MySqlPairIntegrationTests(@TempDir Path directory) throws Exception {
		// A space: every path has to survive one.
		this.directory = directory.resolve("a pair");
		this.pair = MySqlPair.start(MySqlInstallation.locate(System.out::println), this.directory);
	}

	@BeforeAll
	void createTable() throws SQLException {
		execute(this.pair.primary(), this.pair.accounts().owner(),
				"CREATE TABLE note (id INT PRIMARY KEY, text VARCHAR(100))");
		this.pair.awaitReplicaCaughtUp(Duration.ofSeconds(20));
	}

	@AfterAll
	void stop() {
		this.pair.close();
		assertThat(this.pair.primary().isRunning()).isFalse();
		assertThat(this.pair.replica().isRunning()).isFalse();
	}

	@Test
	void rowWrittenOnPrimaryArrivesOnReplica() throws Exception {
		execute(this.pair.primary(), this.pair.accounts().application(), "INSERT INTO note VALUES (1, 'one')");
		this.pair.awaitReplicaCaughtUp(Duration.ofSeconds(10));
		assertThat(query(this.pair.replica(), this.pair.accounts().application(), "SELECT text FROM note WHERE id = 1"))
			.isEqualTo("one");
	}

	@Test
	void replicationIsSemiSynchronousOverVerifiedTlsWithAutomaticPositions() throws Exception {
		Account admin = this.pair.accounts().admin();
		assertThat(query(this.pair.primary(), admin, status("Rpl_semi_sync_source_status"))).isEqualTo("ON");
		assertThat(query(this.pair.primary(), admin, status("Rpl_semi_sync_source_clients"))).isEqualTo("1");
		assertThat(query(this.pair.replica(), admin, status("Rpl_semi_sync_replica_status"))).isEqualTo("ON");
		assertThat(query(this.pair.primary(), admin,
				"SELECT @@rpl_semi_sync_source_wait_point, @@rpl_semi_sync_source_timeout, @@binlog_format,"
						+ " @@sync_binlog, @@innodb_flush_log_at_trx_commit, @@session_track_gtids"))
			.isEqualTo("AFTER_SYNC,1000,ROW,1,1,OWN_GTID");
		assertThat(query(this.pair.replica(), admin, "SELECT ssl_allowed, auto_position, ssl_ca_file <> '' FROM"
				+ " performance_schema.replication_connection_configuration"))
			.isEqualTo("YES,1,1");
		assertThat(query(this.pair.primary(), admin, "SELECT connection_type FROM performance_schema.threads"
				+ " WHERE processlist_command = 'Binlog Dump GTID'"))
			.isEqualTo("SSL/TLS");
	}

	@Test
	void replicaRefusesWritesOfEveryAccount() {
		for (Account account : new Account[] { this.pair.accounts().application(), this.pair.accounts().owner(),
				this.pair.accounts().admin() }) {
			assertThatExceptionOfType(SQLException.class)
				.isThrownBy(() -> execute(this.pair.replica(), account, "INSERT INTO note VALUES (2, 'two')"))
				.withMessageContaining("read-only");
		}
	}

	@Test
	void accountsHaveNoMoreRightsThanTheyNeed() {
		Accounts accounts = this.pair.accounts();
		assertRefused(accounts.application(), "CREATE TABLE other (id INT)");
		assertRefused(accounts.application(), "DROP TABLE note");
		assertRefused(accounts.application(), "SELECT * FROM mysql.user");
		assertRefused(accounts.application(), "SET GLOBAL super_read_only = OFF");
		assertRefused(accounts.owner(), "SELECT * FROM mysql.user");
		assertRefused(accounts.owner(), "CREATE DATABASE other");
		assertRefused(accounts.owner(), "CREATE USER other");
		assertRefused(accounts.replication(), "SELECT * FROM note");
		assertThatExceptionOfType(SQLException.class)
			.isThrownBy(() -> execute(this.pair.primary(), accounts.monitor(), "SELECT * FROM note"))
			.withMessageContaining("denied");
	}

	@Test
	void statementCountersTellWhichNodeExecutedWhat() throws Exception {
		Account application = this.pair.accounts().application();
		String counter = "SELECT SUM(count_star) FROM"
				+ " performance_schema.events_statements_summary_by_account_by_event_name"
				+ " WHERE user = 'tandem_application' AND event_name = 'statement/sql/select'";
		long before = Long.parseLong(query(this.pair.replica(), this.pair.accounts().admin(), counter));
		query(this.pair.replica(), application, "SELECT COUNT(*) FROM note");
		long after = Long.parseLong(query(this.pair.replica(), this.pair.accounts().admin(), counter));
		assertThat(after).isGreaterThan(before);
		assertThat(query(this.pair.replica(), this.pair.accounts().admin(),
				"SELECT COUNT(*) > 0 FROM performance_schema.events_statements_summary_by_digest"
						+ " WHERE digest_text LIKE 'SELECT COUNT%note%'"))
			.isEqualTo("1");
		assertThat(query(this.pair.replica(), this.pair.accounts().admin(),
				"SELECT service_state FROM performance_schema.replication_applier_status"))
			.isEqualTo("ON");
	}

	@Test
	void writeGoesOnWithoutReplicaWithinOneSecondOrSoAndSemiSyncReturnsWithIt() throws Exception {
		Accounts accounts = this.pair.accounts();
		this.pair.replica().kill();
		try {
			long begin = System.nanoTime();
			execute(this.pair.primary(), accounts.application(), "INSERT INTO note VALUES (3, 'three')");
			assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofMillis(1900));
			assertThat(query(this.pair.primary(), accounts.admin(), status("Rpl_semi_sync_source_status")))
				.isEqualTo("OFF");
			assertThat(this.pair.state(this.pair.primary()).semiSynchronous()).contains(false);
		}
		finally {
			this.pair.replica().start();
		}
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.untilAsserted(() -> assertThat(
					query(this.pair.primary(), accounts.admin(), status("Rpl_semi_sync_source_status")))
				.isEqualTo("ON"));
		this.pair.awaitReplicaCaughtUp(Duration.ofSeconds(10));
		assertThat(query(this.pair.replica(), accounts.application(), "SELECT text FROM note WHERE id = 3"))
			.isEqualTo("three");
	}

	@Test
	void bothNodesKilledKeepAcknowledgedRowsAndRoles() throws Exception {
		Accounts accounts = this.pair.accounts();
		execute(this.pair.primary(), accounts.application(), "INSERT INTO note VALUES (4, 'four')");
		this.pair.primary().kill();
		this.pair.replica().kill();
		this.pair.close();
		this.pair = MySqlPair.start(MySqlInstallation.locate(System.out::println), this.directory);
		assertThat(this.pair.accounts()).isEqualTo(accounts);
		assertThat(this.pair.primary().name()).isEqualTo("mysql-1");
		assertThat(query(this.pair.primary(), accounts.application(), "SELECT text FROM note WHERE id = 4"))
			.isEqualTo("four");
		execute(this.pair.primary(), accounts.application(), "INSERT INTO note VALUES (5, 'five')");
		this.pair.awaitReplicaCaughtUp(Duration.ofSeconds(10));
		assertThat(query(this.pair.replica(), accounts.application(), "SELECT COUNT(*) FROM note WHERE id IN (4, 5)"))
			.isEqualTo("2");
	}

	@Test
	void killedPrimaryIsWritableAgainAfterItsStartAndItsReplicaReconnects() throws Exception {
		Accounts accounts = this.pair.accounts();
		this.pair.primary().kill();
		assertThat(this.pair.primary().isRunning()).isFalse();
		assertThat(query(this.pair.replica(), accounts.application(), "SELECT COUNT(*) >= 0 FROM note")).isEqualTo("1");
		this.pair.primary().start();
		execute(this.pair.primary(), accounts.application(), "INSERT INTO note VALUES (6, 'six')");
		this.pair.awaitReplicaCaughtUp(Duration.ofSeconds(10));
	}

	@Test
	void primaryStaysReadOnlyWhileAnotherNodeIsWritable() throws Exception {
		Accounts accounts = this.pair.accounts();
		MySqlNode primary = this.pair.primary();
		MySqlNode replica = this.pair.replica();
		primary.stop();
		execute(replica, accounts.admin(), "SET GLOBAL read_only = OFF");
		try {
			assertThatExceptionOfType(RuntimeException.class).isThrownBy(primary::start)
				.withMessageContaining("mysql-2 is writable");
			assertThat(query(primary, accounts.admin(), "SELECT @@super_read_only")).isEqualTo("1");
		}
		finally {
			execute(replica, accounts.admin(), "SET GLOBAL super_read_only = ON");
			primary.start();
		}
		assertThat(query(primary, accounts.admin(), "SELECT @@read_only")).isEqualTo("0");
	}

	@Test
	void suspendedNodeHangsAndGoesOnAfterwards() throws Exception {
		MySqlNode replica = this.pair.replica();
		replica.suspend();
		try {
			assertThat(replica.isRunning()).isTrue();
			assertThat(replica.answers()).isFalse();
		}
		finally {
			replica.resume();
		}
		assertThat(query(replica, this.pair.accounts().application(), "SELECT 1")).isEqualTo("1");
	}

	@Test
	void nodesStaySmall() {
		assertThat(this.pair.primary().residentBytes().orElseThrow()).isLessThan(320L << 20);
		assertThat(this.pair.replica().residentBytes().orElseThrow()).isLessThan(320L << 20);
		System.out.printf("resident: primary %d MB, replica %d MB%n",
				this.pair.primary().residentBytes().orElseThrow() >> 20,
				this.pair.replica().residentBytes().orElseThrow() >> 20);
	}

	@Test
	void secretsAreReadableByTheirOwnerOnly() throws Exception {
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(this.directory))).isEqualTo("rwx------");
		assertThat(PosixFilePermissions
			.toString(Files.getPosixFilePermissions(this.directory.resolve("accounts.properties"))))
			.isEqualTo("rw-------");
		try (Stream<Path> files = Files.walk(this.directory)) {
			assertThat(files.map((file) -> file.getFileName().toString())).doesNotContain("accounts.sql", "data.new");
		}
		assertThat(this.pair.accounts().toString()).doesNotContain(this.pair.accounts().admin().password());
	}

	private void assertRefused(Account account, String statement) {
		assertThatExceptionOfType(SQLException.class).isThrownBy(() -> execute(this.pair.primary(), account, statement))
			.withMessageContaining("denied");
	}

	private static String status(String name) {
		return "SELECT variable_value FROM performance_schema.global_status WHERE variable_name = '" + name + "'";
	}

	private static void execute(MySqlNode node, Account account, String sql) throws SQLException {
		try (Connection connection = node.connect(account); Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

	private static String query(MySqlNode node, Account account, String sql) throws SQLException {
		try (Connection connection = node.connect(account);
				Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery(sql)) {
			assertThat(rows.next()).isTrue();
			StringBuilder row = new StringBuilder(rows.getString(1));
			for (int i = 2; i <= rows.getMetaData().getColumnCount(); i++) {
				row.append(',').append(rows.getString(i));
			}
			return row.toString();
		}
	}

}
