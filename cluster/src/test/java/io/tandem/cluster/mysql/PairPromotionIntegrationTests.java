package io.tandem.cluster.mysql;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.tandem.cluster.process.NodeException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PairPromotionIntegrationTests {

	private static final String CLIENTS = "SELECT variable_value FROM performance_schema.global_status"
			+ " WHERE variable_name = 'Rpl_semi_sync_source_clients'";

	private final Path directory;

	private final List<String> progress = new ArrayList<>();

	private MySqlPair pair;

	private int rows;

	PairPromotionIntegrationTests(@TempDir Path directory) throws Exception {
		this.directory = directory.resolve("a pair");
		this.pair = MySqlPair.start(MySqlInstallation.locate(System.out::println), this.directory);
	}

	@BeforeAll
	void createTable() throws SQLException {
		Rows.createTable(this.pair.primary());
	}

	@BeforeEach
	void heal() {
		this.pair.startAll();
		this.progress.clear();
	}

	@AfterAll
	void stop() {
		this.pair.close();
	}

	@Test
	void plannedPromotionTurnsRolesAndSemiSynchronousReplicationForGood() throws Exception {
		MySqlNode old = this.pair.primary();
		MySqlNode next = this.pair.replica();
		int first = write(old, 3);
		this.pair.promote(next, this.progress::add);
		assertThat(this.pair.primary()).isEqualTo(next);
		assertReplicates(next, old, first);
		this.pair.close();
		this.pair = MySqlPair.start(MySqlInstallation.locate(System.out::println), this.directory);
		assertThat(this.pair.primary().name()).isEqualTo(next.name());
		assertReplicates(this.pair.node(next.name()), this.pair.node(old.name()), first);
	}

	@Test
	void plannedPromotionNeedsThePrimary() {
		MySqlNode old = this.pair.primary();
		MySqlNode next = this.pair.replica();
		old.kill();
		assertThatExceptionOfType(NodeException.class).isThrownBy(() -> this.pair.promote(next, this.progress::add))
			.withMessageContaining(old.name() + " is not running")
			.withMessageContaining("./tandem promote " + next.name() + " --force");
		assertThat(this.pair.primary()).isEqualTo(old);
	}

	@Test
	void transactionThatDoesNotEndLetsThePlannedPromotionChangeNothing() throws Exception {
		MySqlNode old = this.pair.primary();
		MySqlNode next = this.pair.replica();
		int first = write(old, 1);
		try (Session open = old.session()) {
			open.execute("SET autocommit = 0", "DELETE FROM tandem.number WHERE id = " + first);
			assertThatExceptionOfType(NodeException.class).isThrownBy(() -> this.pair.promote(next, this.progress::add))
				.withMessageContaining("1 open transactions have changed rows");
			open.execute("ROLLBACK");
		}
		assertThat(this.pair.primary()).isEqualTo(old);
		assertReplicates(old, next, first);
	}

	@Test
	void forceIsRefusedWhileThePrimaryAnswers() {
		assertThatExceptionOfType(NodeException.class)
			.isThrownBy(() -> this.pair.promoteForcibly(this.pair.replica(), true, this.progress::add))
			.withMessageContaining("answers")
			.withMessageContaining("loses nothing");
	}

	@Test
	void killedPrimaryReturnsAsTheReplicaOfTheOneThatWasPromoted() throws Exception {
		MySqlNode old = this.pair.primary();
		MySqlNode next = this.pair.replica();
		int first = write(old, 5);
		old.kill();
		this.pair.promoteForcibly(next, false, this.progress::add);
		assertThat(Rows.count(next, first, this.rows)).isEqualTo(5);
		write(next, 2);
		old.start();
		assertReplicates(next, old, first);
	}

	@Test
	void hangingPrimaryIsKilledBeforeAnotherTakesOver() throws Exception {
		MySqlNode old = this.pair.primary();
		MySqlNode next = this.pair.replica();
		int first = write(old, 2);
		old.suspend();
		this.pair.promoteForcibly(next, false, this.progress::add);
		assertThat(old.isRunning()).isFalse();
		assertThat(this.progress).anyMatch((line) -> line.contains("killing " + old.name()));
		write(next, 1);
		old.start();
		assertReplicates(next, old, first);
	}

	@Test
	void replicaThatMissesAcknowledgedTransactionsIsPromotedOnlyWhenTheLossIsAccepted() throws Exception {
		MySqlNode old = this.pair.primary();
		MySqlNode next = this.pair.replica();
		next.kill();
		int first = write(old, 3);
		old.kill();
		next.start();
		assertThatExceptionOfType(NodeException.class)
			.isThrownBy(() -> this.pair.promoteForcibly(next, false, this.progress::add))
			.withMessageContaining("lacks 3 transactions of " + old.name())
			.withMessageContaining("--accept-loss");
		assertThat(this.pair.primary()).isEqualTo(old);
		assertThat(Replication.isWritable(next)).isFalse();

		this.pair.promoteForcibly(next, true, this.progress::add);
		assertThat(this.progress)
			.anyMatch((line) -> line.contains("accepting a loss") && line.contains("lacks 3 transactions"));
		int after = write(next, 2);

		assertThatExceptionOfType(NodeException.class).isThrownBy(old::start)
			.withMessageContaining("3 transactions that " + next.name() + " lacks")
			.withMessageContaining("./tandem start " + old.name() + " --reclone");
		assertThat(Replication.isWritable(old)).isFalse();
		assertThat(this.pair.isWell(old, this.pair.state(old))).isFalse();
		assertThat(this.pair.state(old).problem().orElseThrow()).contains("3 transactions", "--reclone");
		this.pair.startAll();
		assertThat(Replication.isWritable(next)).as("a diverged replica does not keep the primary down").isTrue();

		this.pair.reclone(old, this.progress::add);
		assertReplicates(next, old, after);
		assertThat(Rows.count(old, first, first + 2)).isZero();
	}

	@Test
	void lossesWithAPrimaryWhoseDataAreGoneAreKnownFromTheLastLook() throws Exception {
		MySqlNode old = this.pair.primary();
		MySqlNode next = this.pair.replica();
		next.kill();
		write(old, 2);
		this.pair.state(old);
		old.kill();
		next.start();
		Path data = this.pair.layout().data(old.name());
		Path away = data.resolveSibling("away");
		Files.move(data, away);
		try {
			assertThatExceptionOfType(NodeException.class)
				.isThrownBy(() -> this.pair.promoteForcibly(next, false, this.progress::add))
				.withMessageContaining("lacks 2 transactions");
			assertThatExceptionOfType(NodeException.class).isThrownBy(old::start)
				.withMessageContaining("its data are gone");
		}
		finally {
			Files.move(away, data);
		}
	}

	@Test
	void binaryLogOfADirectoryTellsWhatTheServerHasCommitted() throws Exception {
		MySqlNode primary = this.pair.primary();
		write(primary, 3);
		String read = new BinaryLog(this.pair.layout().data(primary.name())).transactions();
		try (Session session = primary.session()) {
			assertThat(session.missing(read)).isEmpty();
			assertThat(session.value("SELECT GTID_SUBTRACT(@@GLOBAL.gtid_executed, '" + read + "')")).isEmpty();
		}
	}

	/** The first of some new rows. */
	private int write(MySqlNode node, int count) throws SQLException {
		int first = this.rows + 1;
		this.rows += count;
		Rows.insert(node, first, this.rows);
		return first;
	}

	private void assertReplicates(MySqlNode primary, MySqlNode replica, int first) throws SQLException {
		long before = Rows.count(primary, first, this.rows);
		write(primary, 1);
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.untilAsserted(() -> assertThat(Rows.count(replica, first, this.rows)).isEqualTo(before + 1));
		assertThat(Replication.isWritable(replica)).isFalse();
		assertThat(Rows.value(primary, CLIENTS)).isEqualTo("1");
		assertThat(Rows.value(primary, "SELECT @@rpl_semi_sync_source_wait_no_replica")).isEqualTo("1");
		assertThat(Rows.value(primary, "SELECT COUNT(*) FROM performance_schema.replication_connection_configuration"))
			.isEqualTo("0");
		assertThat(this.pair.isWell(primary, this.pair.state(primary))).isTrue();
		assertThat(this.pair.isWell(replica, this.pair.state(replica))).isTrue();
	}

}
