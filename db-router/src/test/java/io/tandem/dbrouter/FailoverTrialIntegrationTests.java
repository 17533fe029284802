package io.tandem.dbrouter;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import io.tandem.cluster.mysql.Account;
import io.tandem.cluster.mysql.MySqlInstallation;
import io.tandem.cluster.mysql.MySqlNode;
import io.tandem.cluster.mysql.MySqlPair;
import io.tandem.dbrouter.app.NoteApplication;
import io.tandem.dbrouter.failover.FailoverWatch;
import io.tandem.dbrouter.failover.Switchover;
import io.tandem.dbrouter.failover.SwitchoverResult;
import io.tandem.dbrouter.topology.NodeState;
import io.tandem.dbrouter.topology.SemiSync;
import io.tandem.dbrouter.topology.Topology;
import io.tandem.dbrouter.topology.TopologyMonitor;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Changes of the primary under about 200 transactions a second from two instances:
 * {@code kill -9}, a hang, a planned switchover, in turn. {@code -Ddb-router.trials=20}
 * repeats them.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FailoverTrialIntegrationTests {

	private static final int TRIALS = Integer.getInteger("db-router.trials", 3);

	private static final Duration SOON = Duration.ofSeconds(30);

	/** The goal is a second; a machine that builds something else meanwhile gets two. */
	private static final Duration FIRST_WRITE = Duration.ofSeconds((TRIALS < 20) ? 2 : 1);

	private static final Duration NOTICED = Duration.ofMillis(250);

	private final Path directory;

	private final MySqlInstallation installation = MySqlInstallation.locate(System.out::println);

	private final AtomicLong numbers = new AtomicLong();

	private MySqlPair pair;

	private Promotion promotion;

	private List<ConfigurableApplicationContext> instances;

	FailoverTrialIntegrationTests(@TempDir Path directory) throws Exception {
		this.directory = directory;
		arrange(0);
	}

	private void arrange(int trial) throws SQLException {
		Path own = this.directory.resolve("from-" + trial);
		this.pair = MySqlPair.start(this.installation, own);
		this.promotion = new Promotion(this.pair, own);
		this.instances = List.of(start(), start());
		try (Connection connection = this.promotion.connect(this.pair.primary());
				Statement statement = connection.createStatement()) {
			statement.execute("CREATE TABLE trial (seq BIGINT AUTO_INCREMENT PRIMARY KEY, id BIGINT NOT NULL)");
		}
	}

	private ConfigurableApplicationContext start() {
		Account admin = this.pair.accounts().admin();
		Account replication = this.pair.accounts().replication();
		return NoteApplication.start(this.pair, WebApplicationType.NONE, "db-router.admin.username=" + admin.user(),
				"db-router.admin.password=" + admin.password(),
				"db-router.admin.replication-username=" + replication.user(),
				"db-router.admin.replication-password=" + replication.password());
	}

	@AfterAll
	void stop() {
		this.instances.forEach(ConfigurableApplicationContext::close);
		this.pair.close();
	}

	@Test
	void changesOfThePrimaryLoseNothingAndFailNoRead() throws Exception {
		for (int trial = 0; trial < TRIALS; trial++) {
			awaitBothInOrder();
			boolean whole = switch (trial % 3) {
				case 0 -> switchover();
				case 1 -> failover("kill -9", MySqlNode::kill);
				default -> failover("SIGSTOP", MySqlNode::suspend);
			};
			if (!whole && trial < TRIALS - 1) {
				stop();
				arrange(trial + 1);
			}
		}
	}

	/** Whether the old primary could become a replica. */
	private boolean failover(String name, Consumer<MySqlNode> event) throws Exception {
		MySqlNode old = this.pair.primary();
		MySqlNode next = this.pair.replica();
		TrialLoad load = new TrialLoad(this.numbers, this.instances);
		long acceptsWritesAt;
		try (load) {
			awaitWrites(load, 100);
			event.accept(old);
			this.promotion.promote(next);
			acceptsWritesAt = System.nanoTime();
			Awaitility.await()
				.atMost(SOON)
				.pollInterval(Duration.ofMillis(5))
				.until(() -> load.lastWriteAt - acceptsWritesAt > 0);
			Duration first = Duration.ofNanos(load.lastWriteAt - acceptsWritesAt);
			awaitWrites(load, 100);
			System.out.println("FIGURE " + name + ": first write after " + first.toMillis() + " ms, failed writes "
					+ load.failedWrites.size() + ", reads " + load.reads + ", failed reads " + load.failedReads.size()
					+ ", slowest write " + load.slowestWrite.toMillis() + " ms");
			assertThat(first).as("first write after the new primary accepts writes").isLessThan(FIRST_WRITE);
		}
		assertThat(TrialLoad.messages(load.failedReads)).as("failed reads").isEmpty();
		// Nobody had noticed the death of the old primary when those before NOTICED
		// began.
		assertThat(load.failedWrites).as("writes that began after the switch and failed")
			.noneMatch((failure) -> failure.begunAt() - acceptsWritesAt > NOTICED.toNanos());
		assertThat(TrialLoad.messages(load.failedWrites)).noneMatch((message) -> message.contains("read-only option"));
		assertNothingLostOrDoubled(load);
		old.kill();
		return this.promotion.rejoin(old);
	}

	private boolean switchover() throws Exception {
		MySqlNode next = this.pair.replica();
		TrialLoad load = new TrialLoad(this.numbers, this.instances);
		try (load) {
			awaitWrites(load, 100);
			SwitchoverResult result = this.instances.get(0).getBean(Switchover.class).run(next.name());
			this.promotion.record(next);
			awaitWrites(load, 100);
			System.out.println("FIGURE planned: held " + result.held().toMillis() + " ms, failed writes "
					+ load.failedWrites.size() + ", reads " + load.reads + ", failed reads " + load.failedReads.size()
					+ ", slowest write " + load.slowestWrite.toMillis() + " ms");
			assertThat(result.to()).isEqualTo(next.name());
		}
		assertThat(TrialLoad.messages(load.failedReads)).as("failed reads").isEmpty();
		assertThat(TrialLoad.messages(load.failedWrites)).as("failed writes").isEmpty();
		assertNothingLostOrDoubled(load);
		return true;
	}

	private static void awaitWrites(TrialLoad load, int more) {
		int before = load.acknowledged.size();
		Awaitility.await().atMost(SOON).until(() -> load.acknowledged.size() > before + more);
	}

	private void assertNothingLostOrDoubled(TrialLoad load) {
		JdbcTemplate jdbc = this.instances.get(0).getBean(JdbcTemplate.class);
		List<Long> written = jdbc.query("SELECT id FROM trial", (row, index) -> row.getLong(1));
		assertThat(written).as("acknowledged writes").containsAll(load.acknowledged);
		assertThat(new HashSet<>(written)).as("written once").hasSameSizeAs(written);
		assertThat(this.instances)
			.allSatisfy((instance) -> assertThat(instance.getBean(FailoverWatch.class).lost()).isNull());
	}

	private void awaitBothInOrder() {
		this.pair.awaitReplicaCaughtUp(SOON);
		for (ConfigurableApplicationContext instance : this.instances) {
			Awaitility.await().atMost(SOON).untilAsserted(() -> {
				Topology topology = instance.getBean(TopologyMonitor.class).topology();
				assertThat(topology.primary()).isEqualTo(this.pair.primary().name());
				assertThat(topology.node(this.pair.replica().name()).orElseThrow().state())
					.isEqualTo(NodeState.REPLICA);
				assertThat(topology.semiSync()).isEqualTo(SemiSync.ACTIVE);
			});
		}
	}

}
