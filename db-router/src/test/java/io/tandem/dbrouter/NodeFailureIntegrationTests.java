package io.tandem.dbrouter;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import io.tandem.cluster.mysql.MySqlInstallation;
import io.tandem.cluster.mysql.MySqlNode;
import io.tandem.cluster.mysql.MySqlPair;
import io.tandem.dbrouter.app.NoteApplication;
import io.tandem.dbrouter.app.NoteWriter;
import io.tandem.dbrouter.app.Notes;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * What the application notices when a node dies, hangs or comes back.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NodeFailureIntegrationTests {

	private static final int READERS = 8;

	private static final Duration SOON = Duration.ofSeconds(20);

	private static final Duration BOUND = Duration.ofSeconds(2);

	private final MySqlPair pair;

	private final ConfigurableApplicationContext context;

	private final Notes notes;

	private final NoteWriter writer;

	private final AtomicLong ids = new AtomicLong(1000);

	NodeFailureIntegrationTests(@TempDir Path directory) throws Exception {
		this.pair = MySqlPair.start(MySqlInstallation.locate(System.out::println), directory);
		this.context = NoteApplication.start(this.pair, WebApplicationType.NONE);
		this.notes = this.context.getBean(Notes.class);
		this.writer = this.context.getBean(NoteWriter.class);
		this.pair.awaitReplicaCaughtUp(SOON);
	}

	@AfterEach
	void heal() {
		for (MySqlNode node : List.of(this.pair.primary(), this.pair.replica())) {
			if (node.isRunning()) {
				node.resume();
			}
			else {
				node.start();
			}
		}
		awaitBothNodesUsed();
	}

	@AfterAll
	void stop() {
		this.context.close();
		this.pair.close();
	}

	@Test
	void killedReplicaFailsNoReadAndIsUsedAgainWhenItIsBack() throws Exception {
		Load load = new Load();
		load.during(() -> this.pair.replica().kill());
		assertThat(load.errors).isEmpty();
		assertThat(load.count).hasValueGreaterThan(100);
		assertThat(health("UP").getDetails().toString()).contains("mysql-2={state=DOWN");
		this.notes.read(1);
		assertThat(NoteApplication.uses()).last().isEqualTo("mysql-1 PRIMARY");
		this.pair.replica().start();
		awaitBothNodesUsed();
	}

	@Test
	void hangingReplicaFailsNoRead() throws Exception {
		Load load = new Load();
		load.during(() -> this.pair.replica().suspend());
		assertThat(load.errors).isEmpty();
		assertThat(load.slowest).as("a read that had to be repeated").isLessThan(BOUND.plusSeconds(1));
	}

	@Test
	void replicaThatNoLongerAppliesServesNoReads() throws SQLException {
		onReplica("STOP REPLICA SQL_THREAD");
		Awaitility.await().atMost(SOON).untilAsserted(() -> {
			NoteApplication.uses();
			this.notes.read(1);
			assertThat(NoteApplication.uses()).containsExactly("mysql-1 PRIMARY");
		});
		assertThat(health("UP").getDetails().toString()).contains("mysql-2={state=DETACHED", "applier is stopped");
		onReplica("START REPLICA SQL_THREAD");
		awaitBothNodesUsed();
	}

	@Test
	void killedPrimaryFailsNoReadAndEveryWriteSoon() throws Exception {
		Load load = new Load();
		load.during(() -> {
			this.pair.primary().kill();
			writesFailSoon();
		});
		assertThat(load.errors).isEmpty();
		Awaitility.await().atMost(SOON).untilAsserted(() -> health("READ_ONLY"));
		assertThatException().isThrownBy(() -> this.writer.write(this.ids.incrementAndGet(), "no"))
			.havingRootCause()
			.isInstanceOf(PrimaryUnavailableException.class)
			.withMessageContainingAll("No node is the primary", "mysql-1 DOWN", "refused", "mysql-2 REPLICA");
		this.pair.primary().start();
		Awaitility.await().atMost(SOON).ignoreExceptions().untilAsserted(() -> {
			this.writer.write(this.ids.incrementAndGet(), "again");
			health("UP");
		});
	}

	@Test
	void hangingPrimaryFailsNoReadAndEveryWriteSoon() throws Exception {
		AtomicBoolean open = new AtomicBoolean();
		TransactionTemplate transaction = new TransactionTemplate(
				this.context.getBean(PlatformTransactionManager.class));
		JdbcTemplate jdbc = this.context.getBean(JdbcTemplate.class);
		Load load = new Load();
		load.during(() -> {
			// A transaction is under way on a connection that is about to hang.
			Throwable lost = catchThrowable(() -> transaction.executeWithoutResult((status) -> {
				jdbc.update("INSERT INTO note VALUES (?, 'lost')", this.ids.incrementAndGet());
				this.pair.primary().suspend();
				open.set(true);
				long start = System.nanoTime();
				try {
					jdbc.update("INSERT INTO note VALUES (?, 'lost')", this.ids.incrementAndGet());
				}
				finally {
					assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(BOUND);
				}
			}));
			assertThat(open).isTrue();
			assertThat(lost).rootCause().isInstanceOf(PrimaryUnavailableException.class);
			writesFailSoon();
		});
		assertThat(load.errors).isEmpty();
		this.pair.primary().resume();
		Awaitility.await()
			.atMost(SOON)
			.ignoreExceptions()
			.untilAsserted(() -> this.writer.write(this.ids.incrementAndGet(), "again"));
		assertThat(jdbc.queryForObject("SELECT COUNT(*) FROM note WHERE text = 'lost'", Long.class)).isZero();
	}

	@Test
	void applicationStartsWithoutThePrimaryAndMigratesWhenItIsBack() {
		this.pair.primary().kill();
		long start = System.nanoTime();
		try (ConfigurableApplicationContext late = NoteApplication.start(this.pair, WebApplicationType.NONE,
				"spring.flyway.locations=classpath:db/migration,classpath:db/deferred")) {
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
			NoteApplication.uses();
			assertThat(late.getBean(Notes.class).read(1).getText()).isEqualTo("one");
			assertThat(NoteApplication.uses()).containsExactly("mysql-2 REPLICA");
			assertThat(health(late).getStatus().getCode()).isEqualTo("READ_ONLY");
			this.pair.primary().start();
			Awaitility.await()
				.atMost(SOON)
				.ignoreExceptions()
				.untilAsserted(() -> assertThat(
						late.getBean(JdbcTemplate.class).queryForObject("SELECT COUNT(*) FROM more", Long.class))
					.isZero());
		}
	}

	@Test
	void lastNodesDeathIsTheOnlyOneThatIsDown() {
		this.pair.replica().kill();
		this.pair.primary().kill();
		Awaitility.await().atMost(SOON).untilAsserted(() -> health("DOWN"));
		long start = System.nanoTime();
		assertThatException().isThrownBy(() -> this.notes.read(1))
			.havingRootCause()
			.isInstanceOf(SQLException.class)
			.withMessageContaining("No node can answer a read");
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(BOUND);
	}

	private void writesFailSoon() {
		long end = System.nanoTime() + Duration.ofSeconds(3).toNanos();
		while (System.nanoTime() < end) {
			long start = System.nanoTime();
			Throwable failure = catchThrowable(() -> this.writer.write(this.ids.incrementAndGet(), "no"));
			assertThat(Duration.ofNanos(System.nanoTime() - start)).as("time of a failing write").isLessThan(BOUND);
			assertThat(failure).rootCause().isInstanceOf(PrimaryUnavailableException.class);
		}
	}

	private void awaitBothNodesUsed() {
		Awaitility.await().atMost(SOON).ignoreExceptions().untilAsserted(() -> {
			NoteApplication.uses();
			this.notes.read(1);
			this.writer.write(this.ids.incrementAndGet(), "healed");
			assertThat(NoteApplication.uses()).containsExactly("mysql-2 REPLICA", "mysql-1 PRIMARY");
		});
	}

	private Health health(String status) {
		Health health = health(this.context);
		assertThat(health.getStatus().getCode()).isEqualTo(status);
		return health;
	}

	private static Health health(ConfigurableApplicationContext context) {
		return Objects.requireNonNull(context.getBean("dbHealthContributor", HealthIndicator.class).health());
	}

	private void onReplica(String sql) throws SQLException {
		try (Connection connection = this.pair.replica().connect(this.pair.accounts().admin());
				Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

	/** Threads that read one after the other while something happens to a node. */
	private final class Load {

		private final Queue<Throwable> errors = new ConcurrentLinkedQueue<>();

		private final AtomicLong count = new AtomicLong();

		private final AtomicBoolean end = new AtomicBoolean();

		private volatile Duration slowest = Duration.ZERO;

		private void during(Runnable event) throws InterruptedException {
			ExecutorService threads = Executors.newFixedThreadPool(READERS);
			List<Runnable> reads = new ArrayList<>(List.of(() -> NodeFailureIntegrationTests.this.notes.read(1),
					() -> NodeFailureIntegrationTests.this.notes.readTwice(1)));
			for (int reader = 0; reader < READERS; reader++) {
				Runnable read = reads.get(reader % reads.size());
				threads.execute(() -> repeat(read));
			}
			Awaitility.await().atMost(SOON).until(() -> this.count.get() > 200 || !this.errors.isEmpty());
			event.run();
			long before = this.count.get();
			// On for longer than it takes to find a node dead.
			Awaitility.await()
				.pollDelay(Duration.ofSeconds(2))
				.atMost(SOON)
				.until(() -> this.count.get() > before + 100 || !this.errors.isEmpty());
			this.end.set(true);
			threads.shutdown();
			assertThat(threads.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
		}

		private void repeat(Runnable read) {
			while (!this.end.get()) {
				long start = System.nanoTime();
				try {
					read.run();
					this.count.incrementAndGet();
				}
				catch (RuntimeException ex) {
					this.errors.add(ex);
				}
				Duration took = Duration.ofNanos(System.nanoTime() - start);
				if (took.compareTo(this.slowest) > 0) {
					this.slowest = took;
				}
			}
		}

	}

}
