package io.tandem.dbrouter;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.tandem.cluster.mysql.MySqlInstallation;
import io.tandem.cluster.mysql.MySqlPair;
import io.tandem.dbrouter.app.NoteApplication;
import io.tandem.dbrouter.app.NoteWriter;
import io.tandem.dbrouter.app.Notes;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What writes notice of reads that no replica can take any more.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FallbackLimitIntegrationTests {

	private static final int READERS = 16;

	private final MySqlPair pair;

	private final ConfigurableApplicationContext context;

	FallbackLimitIntegrationTests(@TempDir Path directory) throws Exception {
		this.pair = MySqlPair.start(MySqlInstallation.locate(System.out::println), directory);
		this.context = NoteApplication.start(this.pair, WebApplicationType.NONE, "db-router.pool.maximum-size=4",
				"db-router.reads.retry=0", "db-router.reads.fallback-wait=1s");
	}

	@AfterAll
	void stop() {
		this.context.close();
		this.pair.close();
	}

	@Test
	void losingAllReplicasTakesNoWriteDown() throws Exception {
		Notes notes = this.context.getBean(Notes.class);
		notes.read(1);
		this.pair.replica().kill();
		Awaitility.await().atMost(Duration.ofSeconds(10)).ignoreExceptions().untilAsserted(() -> {
			NoteApplication.uses();
			notes.read(1);
			assertThat(NoteApplication.uses()).containsExactly("mysql-1 PRIMARY");
		});
		AtomicInteger now = new AtomicInteger();
		AtomicInteger most = new AtomicInteger();
		AtomicInteger done = new AtomicInteger();
		Queue<Throwable> errors = new ConcurrentLinkedQueue<>();
		ExecutorService readers = Executors.newFixedThreadPool(READERS);
		TransactionTemplate reading = new TransactionTemplate(this.context.getBean(PlatformTransactionManager.class));
		reading.setReadOnly(true);
		JdbcTemplate jdbc = this.context.getBean(JdbcTemplate.class);
		long end = System.nanoTime() + Duration.ofSeconds(6).toNanos();
		for (int reader = 0; reader < READERS; reader++) {
			readers.execute(() -> {
				while (System.nanoTime() < end) {
					try {
						reading.executeWithoutResult((status) -> {
							jdbc.queryForObject("SELECT 1", Integer.class);
							most.accumulateAndGet(now.incrementAndGet(), Math::max);
							jdbc.queryForObject("SELECT SLEEP(0.2)", Integer.class);
							now.decrementAndGet();
						});
						done.incrementAndGet();
					}
					catch (RuntimeException ex) {
						errors.add(NestedExceptionUtils.getMostSpecificCause(ex));
					}
				}
			});
		}
		NoteWriter writer = this.context.getBean(NoteWriter.class);
		Duration slowest = Duration.ZERO;
		int writes = 0;
		// The first write waits for the lost replica's acknowledgement, by semi-sync.
		writer.write(1000, "first");
		while (System.nanoTime() < end) {
			long start = System.nanoTime();
			writer.write(1001 + writes++, "under load");
			Duration took = Duration.ofNanos(System.nanoTime() - start);
			slowest = (took.compareTo(slowest) > 0) ? took : slowest;
		}
		readers.shutdown();
		assertThat(readers.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
		assertThat(writes).as("writes").isGreaterThan(20);
		assertThat(slowest).as("slowest write").isLessThan(Duration.ofMillis(900));
		assertThat(most).as("reads on the primary at once").hasValue(2);
		assertThat(done).as("reads done").hasValueGreaterThan(20);
		assertThat(errors).as("reads refused")
			.isNotEmpty()
			.allSatisfy((error) -> assertThat(error).isInstanceOf(ReadFallbackLimitException.class)
				.hasMessageContaining("db-router.reads.fallback-limit"));
	}

}
