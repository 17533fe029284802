package io.tandem.dbrouter;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import io.tandem.cluster.mysql.MySqlInstallation;
import io.tandem.cluster.mysql.MySqlPair;
import io.tandem.dbrouter.app.NoteApplication;
import io.tandem.dbrouter.topology.Lag;
import io.tandem.dbrouter.topology.Node;
import io.tandem.dbrouter.topology.NodeState;
import io.tandem.dbrouter.topology.TopologyMonitor;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A replica whose lag swings around the limit: a lock on it keeps the changes from being
 * applied until the lag is beyond the limit, then lets it catch up, again and again.
 * {@code -Ddb-router.swing=PT5M} does it for five minutes.
 */
class LagSwingIntegrationTests {

	private static final Duration TIME = Duration.parse(System.getProperty("db-router.swing", "PT25S"));

	private static final Duration LIMIT = Duration.ofSeconds(1);

	private static final Duration SWING = LIMIT.multipliedBy(3).dividedBy(2);

	private final Queue<String> changes = new ConcurrentLinkedQueue<>();

	private Duration longestLag = Duration.ZERO;

	private int swings;

	@Test
	void swingingLagNeitherFlapsNorFailsReads(@TempDir Path directory) throws Exception {
		MySqlInstallation installation = MySqlInstallation.locate(System.out::println);
		try (MySqlPair pair = MySqlPair.start(installation, directory);
				ConfigurableApplicationContext context = NoteApplication.start(pair, WebApplicationType.NONE,
						"db-router.lag.max=" + LIMIT.toMillis() + "ms")) {
			TopologyMonitor monitor = context.getBean(TopologyMonitor.class);
			monitor.addListener((now) -> now.node("mysql-2").ifPresent((node) -> this.changes.add(node.toString())));
			ScheduledExecutorService writer = Executors.newSingleThreadScheduledExecutor();
			JdbcTemplate jdbc = context.getBean(JdbcTemplate.class);
			Future<?> writes = writer.scheduleWithFixedDelay(
					() -> jdbc.update("UPDATE note SET text = UUID() WHERE id = 1"), 0, 20, TimeUnit.MILLISECONDS);
			ReadLoad load = new ReadLoad(context);
			try (load) {
				swing(pair, monitor);
				load.awaitReads(100);
			}
			assertThat(writes.isDone()).as("a write failed").isFalse();
			writer.shutdown();
			assertThat(writer.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
			System.out.println("FIGURE lag beyond the limit " + this.swings + " times in " + TIME.toSeconds()
					+ " s, at most " + this.longestLag.toMillis() + " ms: " + this.changes.size()
					+ " changes of state, failed reads " + load.errors.size() + ": " + this.changes);
			assertThat(load.errors).isEmpty();
			assertThat(this.swings).isGreaterThanOrEqualTo((int) (TIME.toSeconds() / 6));
			assertThat(this.changes).hasSizeBetween(1, mostChanges());
		}
	}

	/** Each readmission takes twice as many good looks as the one before. */
	private static int mostChanges() {
		return 2 + 2 * (Long.SIZE - Long.numberOfLeadingZeros(TIME.toSeconds() / 5));
	}

	private void swing(MySqlPair pair, TopologyMonitor monitor) throws SQLException {
		Node replica = Objects.requireNonNull(monitor.node("mysql-2"));
		long end = System.nanoTime() + TIME.toNanos();
		try (Connection connection = pair.replica().connect(pair.accounts().admin());
				Statement statement = connection.createStatement()) {
			while (System.nanoTime() < end) {
				statement.execute("LOCK TABLES note READ");
				await().until(() -> lag(replica).compareTo(SWING) > 0);
				statement.execute("UNLOCK TABLES");
				this.swings++;
				await().until(() -> lag(replica).compareTo(LIMIT.dividedBy(4)) < 0);
			}
		}
		assertThat(monitor.topology().node("mysql-2").orElseThrow().state()).isIn(NodeState.REPLICA, NodeState.LAGGING);
	}

	private static ConditionFactory await() {
		return Awaitility.await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(50));
	}

	private Duration lag(Node replica) {
		Lag lag = replica.lag();
		Duration time = (lag != null) ? lag.time() : Duration.ZERO;
		this.longestLag = (time.compareTo(this.longestLag) > 0) ? time : this.longestLag;
		return time;
	}

}
