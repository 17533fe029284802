package io.tandem.cluster.mysql;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.tandem.cluster.process.NodeException;
import io.tandem.cluster.process.PrivateFiles;
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
class MySqlGroupIntegrationTests {

	private static final int BEFORE = 1;

	private final List<String> progress = new ArrayList<>();

	private final MySqlGroup group;

	private int rows = BEFORE;

	MySqlGroupIntegrationTests(@TempDir Path directory) throws Exception {
		MySqlInstallation installation = MySqlInstallation.locate(System.out::println);
		Path data = directory.resolve("servers");
		try (MySqlPair pair = MySqlPair.start(installation, data)) {
			Rows.createTable(pair.primary());
			Rows.insert(pair.primary(), BEFORE, BEFORE);
			pair.promote(pair.replica(), this.progress::add);
		}
		this.group = MySqlGroup.start(installation, data);
	}

	@BeforeAll
	void pairHasBecomeAGroupWithItsDataAndItsPrimary() throws SQLException {
		assertThat(this.group.primary().name()).isEqualTo("mysql-2");
		assertWhole();
	}

	@BeforeEach
	void heal() {
		this.group.startAll();
		this.progress.clear();
	}

	@AfterAll
	void stop() {
		this.group.close();
	}

	@Test
	void membersTalkOverTlsAndAreSetUpForAnElectionWithoutStaleReads() throws Exception {
		MySqlNode primary = this.group.primary();
		assertThat(Rows.value(primary,
				"SELECT CONCAT_WS(',', @@group_replication_communication_stack, @@group_replication_ssl_mode,"
						+ " @@group_replication_consistency, @@group_replication_unreachable_majority_timeout,"
						+ " @@group_replication_bootstrap_group, @@group_replication_start_on_boot)"))
			.isEqualTo("MYSQL,REQUIRED,BEFORE_ON_PRIMARY_FAILOVER,5,0,0");
		assertThat(Rows.value(primary,
				"SELECT COUNT(*) > 0 AND SUM(connection_type <> 'SSL/TLS') = 0"
						+ " FROM performance_schema.threads WHERE processlist_user = 'tandem_replication'"))
			.isEqualTo("1");
	}

	@Test
	void promotionLetsTheGroupChooseThatMember() throws Exception {
		MySqlNode next = this.group.replicas().getFirst();
		this.group.promote(next, this.progress::add);
		assertThat(this.group.primary()).isEqualTo(next);
		assertThatExceptionOfType(NodeException.class)
			.isThrownBy(() -> this.group.promoteForcibly(next, true, this.progress::add))
			.withMessageContaining("the group works");
		assertWhole();
	}

	@Test
	void minorityRefusesWritesUntilItGoesOnByForceWithAllThatWasAcknowledged() throws Exception {
		MySqlNode survivor = this.group.primary();
		write(5);
		this.group.replicas().forEach(MySqlNode::kill);
		int refused = this.rows + 1_000;
		assertThatExceptionOfType(SQLException.class).isThrownBy(() -> Rows.insert(survivor, refused, refused));
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.untilAsserted(() -> assertThat(this.group.state(survivor).role()).isEqualTo(MySqlState.Role.READ_ONLY));
		assertThat(Replication.isWritable(survivor)).isFalse();
		this.group.promoteForcibly(survivor, false, this.progress::add);
		write(1);
		this.group.startAll();
		assertThat(this.group.primary()).isEqualTo(survivor);
		assertThat(Rows.count(survivor, refused, refused)).isZero();
		assertWhole();
	}

	@Test
	void afterACompleteOutageTheMemberWithEveryTransactionBeginsAndNeverAStaleOne() throws Exception {
		MySqlNode stale = this.group.replicas().getLast();
		stale.kill();
		write(20);
		List<MySqlNode> others = this.group.nodes().stream().filter((node) -> !node.equals(stale)).toList();
		others.forEach(MySqlNode::kill);

		assertThatExceptionOfType(NodeException.class).isThrownBy(stale::start)
			.withMessageContaining("waits")
			.withMessageContaining("Missing: " + others.getFirst().name() + ", " + others.getLast().name());
		assertThat(Replication.isWritable(stale)).isFalse();
		assertThatExceptionOfType(NodeException.class)
			.isThrownBy(() -> this.group.promoteForcibly(stale, false, this.progress::add))
			.withMessageContaining("lacks")
			.withMessageContaining("--accept-loss");
		assertThatExceptionOfType(NodeException.class).isThrownBy(others.getFirst()::start)
			.withMessageContaining("Missing: " + others.getLast().name());

		others.getLast().start();
		assertThat(this.group.primary()).isNotEqualTo(stale);
		assertWhole();
	}

	@Test
	void twoMembersThatComeBackBeforeTheThirdMissesThemMakeAGroupAgain() throws Exception {
		write(1);
		this.group.primary().kill();
		this.group.replicas().getFirst().kill();
		this.group.startAll();
		assertWhole();
	}

	@Test
	void afterTheLossOfAMembersDataNoneBeginsUntilAnOperatorHasChosen() throws Exception {
		write(1);
		MySqlNode lost = this.group.primary();
		MySqlNode survivor = this.group.replicas().getFirst();
		this.group.nodes().forEach(MySqlNode::kill);
		PrivateFiles.delete(this.group.layout().data(lost.name()));
		assertThatExceptionOfType(NodeException.class).isThrownBy(this.group::startAll)
			.withMessageContaining(lost.name() + ": its data is lost")
			.withMessageContaining("--accept-loss");
		this.group.nodes().forEach(MySqlNode::launch);
		this.group.nodes().forEach(MySqlNode::awaitReady);
		assertThatExceptionOfType(NodeException.class)
			.isThrownBy(() -> this.group.promoteForcibly(survivor, false, this.progress::add))
			.withMessageContaining("may lack transactions of " + lost.name());
		this.group.promoteForcibly(survivor, true, this.progress::add);
		assertThat(this.group.primary()).isEqualTo(survivor);
		assertWhole();
	}

	@Test
	void memberWithTransactionsOfItsOwnIsKeptOutUntilItIsACopy() throws Exception {
		MySqlNode lost = this.group.replicas().getFirst();
		lost.stop();
		lost.launch();
		lost.awaitReady();
		int own = 100_000;
		try (Session session = lost.session()) {
			session.execute("SET GLOBAL super_read_only = OFF", "INSERT INTO tandem.number VALUES (" + own + ")",
					"SET GLOBAL super_read_only = ON");
		}
		assertThatExceptionOfType(NodeException.class).isThrownBy(lost::start)
			.withMessageContaining("1 transaction that the group lacks")
			.withMessageContaining("--reclone");
		this.group.reclone(lost, this.progress::add);
		assertThat(Rows.count(lost, own, own)).isZero();
		assertWhole();
	}

	private void write(int count) throws SQLException {
		int first = this.rows + 1;
		this.rows += count;
		Rows.insert(this.group.primary(), first, this.rows);
	}

	private void assertWhole() throws SQLException {
		write(1);
		for (MySqlNode node : this.group.nodes()) {
			Awaitility.await()
				.atMost(Duration.ofSeconds(20))
				.untilAsserted(
						() -> assertThat(Rows.count(node, BEFORE, this.rows)).as(node.name()).isEqualTo(this.rows));
			assertThat(this.group.state(node).member()).contains("ONLINE");
			assertThat(Replication.isWritable(node)).isEqualTo(node.equals(this.group.primary()));
		}
	}

}
