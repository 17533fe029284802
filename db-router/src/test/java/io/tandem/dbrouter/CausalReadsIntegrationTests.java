package io.tandem.dbrouter;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import io.tandem.cluster.mysql.MySqlPair;
import io.tandem.cluster.mysql.MySqlInstallation;
import io.tandem.dbrouter.ConsistencyTokens.Scope;
import io.tandem.dbrouter.app.BackgroundNotes;
import io.tandem.dbrouter.app.ConsistentNotes;
import io.tandem.dbrouter.app.NoteApplication;
import io.tandem.dbrouter.app.NoteRepository;
import io.tandem.dbrouter.app.NoteWriter;
import io.tandem.dbrouter.app.Notes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * What a read sees of the writes before it, in the same instance and in another one.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CausalReadsIntegrationTests {

	private static final String PRIMARY = "mysql-1 PRIMARY";

	private static final String REPLICA = "mysql-2 REPLICA";

	private static final Duration MAX_WAIT = Duration.ofMillis(100);

	private static final Duration MARGIN = Duration.ofMillis(400);

	/** Its own: the primary dies. */
	private final MySqlPair pair;

	private final TwoInstances instances;

	private final AtomicLong ids = new AtomicLong(1000);

	CausalReadsIntegrationTests(@TempDir Path directory) throws IOException {
		this.pair = MySqlPair.start(MySqlInstallation.locate(System.out::println), directory);
		this.instances = new TwoInstances(this.pair, "spring.task.execution.propagate-context=true");
	}

	@BeforeEach
	void healthy() {
		TwoInstances.eventually(() -> {
			for (ConfigurableApplicationContext instance : List.of(this.instances.one, this.instances.two)) {
				// As a new client: the thread's own writes are forgotten.
				inScope(instance, null, () -> {
					NoteApplication.uses();
					notes(instance).eventual(1);
					writer(instance).write(this.ids.incrementAndGet(), "healthy");
					notes(instance).patient(this.ids.get());
					assertThat(NoteApplication.uses()).containsExactly(REPLICA, PRIMARY, REPLICA);
				});
			}
		});
	}

	@AfterAll
	void stop() {
		this.instances.close();
		this.pair.close();
	}

	@Test
	void clientSeesOnAReplicaWhatItHasJustWritten() {
		for (int i = 0; i < 50; i++) {
			inScope(this.instances.one, null, () -> {
				long id = write(this.instances.one);
				assertThat(notes(this.instances.one).patient(id)).isTrue();
				assertThat(NoteApplication.uses()).containsExactly(PRIMARY, REPLICA);
			});
		}
	}

	@Test
	void otherInstanceSeesWhatTheTokenSays() throws Exception {
		long id = this.ids.incrementAndGet();
		AutoCloseable hold = this.instances.holdReplica();
		try {
			String token = tokenOfWriting(id);
			inScope(this.instances.two, null, () -> {
				assertThat(notes(this.instances.two).standard(id)).as("without the token").isFalse();
				assertThat(NoteApplication.uses()).containsExactly(REPLICA);
			});
			inScope(this.instances.two, token, () -> {
				assertThat(notes(this.instances.two).standard(id)).as("with the token").isTrue();
				assertThat(NoteApplication.uses()).containsExactly(PRIMARY);
			});
		}
		finally {
			hold.close();
		}
	}

	@Test
	void replicaThatIsBehindCostsAtMostTheWaitAndThatOnlyOnce() throws Exception {
		long id = this.ids.incrementAndGet();
		double waits = TwoInstances.count(this.instances.one, "db.router.causal", "primary");
		AutoCloseable hold = this.instances.holdReplica();
		try {
			inScope(this.instances.one, null, () -> {
				writer(this.instances.one).write(id, "behind");
				assertThat(time(() -> notes(this.instances.one).standard(id))).isBetween(MAX_WAIT,
						MAX_WAIT.plus(MARGIN));
				assertThat(time(() -> notes(this.instances.one).standard(id))).as("next read").isLessThan(MAX_WAIT);
				assertThat(NoteApplication.uses()).containsExactly(PRIMARY, PRIMARY, PRIMARY);
			});
		}
		finally {
			hold.close();
		}
		assertThat(TwoInstances.count(this.instances.one, "db.router.causal", "primary")).isEqualTo(waits + 2);
	}

	@Test
	void methodSaysWhatToDoWhenTheReplicaIsBehind() throws Exception {
		AutoCloseable hold = this.instances.holdReplica();
		try {
			inScope(this.instances.one, null, () -> {
				long id = write(this.instances.one);
				assertThat(notes(this.instances.one).eventual(id)).isFalse();
				assertThat(time(() -> notes(this.instances.one).withoutWaiting(id))).isLessThan(MAX_WAIT);
				assertThatException().isThrownBy(() -> notes(this.instances.one).ratherNot(id))
					.havingRootCause()
					.withMessageContaining("No node can answer a read that must see the transactions ");
				assertThat(notes(this.instances.one).ratherStale(id)).as("the primary is there").isTrue();
				assertThat(NoteApplication.uses()).containsExactly(PRIMARY, REPLICA, PRIMARY, PRIMARY);
			});
		}
		finally {
			hold.close();
		}
	}

	@Test
	void readWaitsForTheReplicaAndSavesLaterReadsTheWait() throws Exception {
		double waited = TwoInstances.count(this.instances.one, "db.router.causal", "waited");
		double hits = TwoInstances.count(this.instances.one, "db.router.causal", "hit");
		inScope(this.instances.one, null, () -> {
			long id = write(this.instances.one);
			assertThat(notes(this.instances.one).patient(id)).isTrue();
			assertThat(notes(this.instances.one).patient(id)).isTrue();
		});
		assertThat(TwoInstances.count(this.instances.one, "db.router.causal", "waited")).isEqualTo(waited + 1);
		assertThat(TwoInstances.count(this.instances.one, "db.router.causal", "hit")).isEqualTo(hits + 1);
	}

	@Test
	void primaryDownLeavesTheChoiceToTheMethod() throws Exception {
		AutoCloseable hold = this.instances.holdReplica();
		try {
			inScope(this.instances.one, null, () -> {
				long id = write(this.instances.one);
				this.instances.pair.primary().kill();
				TwoInstances.eventually(() -> assertThatException()
					.isThrownBy(() -> writer(this.instances.one).write(this.ids.incrementAndGet(), "no")));
				assertThatException().isThrownBy(() -> notes(this.instances.one).standard(id))
					.havingRootCause()
					.withMessageContaining("must see the transactions ");
				NoteApplication.uses();
				assertThat(notes(this.instances.one).ratherStale(id)).isFalse();
				assertThat(NoteApplication.uses()).containsExactly(REPLICA);
			});
		}
		finally {
			hold.close();
			this.instances.pair.primary().start();
		}
	}

	@Test
	void instanceSeesWhatItHasWrittenForAnybody() throws Exception {
		long id = this.ids.incrementAndGet();
		AutoCloseable hold = this.instances.holdReplica();
		try {
			inScope(this.instances.one, null, () -> writer(this.instances.one).write(id, "for another client"));
			inScope(this.instances.one, null, () -> {
				assertThat(notes(this.instances.one).standard(id)).isFalse();
				assertThat(notes(this.instances.one).instance(id)).isTrue();
			});
			inScope(this.instances.two, null,
					() -> assertThat(notes(this.instances.two).instance(id)).as("the other instance").isFalse());
		}
		finally {
			hold.close();
		}
	}

	@Test
	void methodMayAskForThePrimary() {
		inScope(this.instances.one, null, () -> {
			notes(this.instances.one).primary(1);
			this.instances.one.getBean(NoteRepository.class).countByText("one");
			this.instances.one.getBean(NoteRepository.class).findById(1L);
			assertThat(NoteApplication.uses()).containsExactly(PRIMARY, PRIMARY, REPLICA);
		});
	}

	@Test
	void everyKindOfCommitIsNoticed() {
		JdbcTemplate jdbc = this.instances.one.getBean(JdbcTemplate.class);
		Notes plain = this.instances.one.getBean(Notes.class);
		List<Runnable> writes = List.of(
				() -> jdbc.update("INSERT INTO note VALUES (?, 'auto-commit')", this.ids.incrementAndGet()),
				() -> jdbc.batchUpdate("INSERT INTO note VALUES (?, 'batch')",
						Stream.generate(() -> new Object[] { this.ids.incrementAndGet() }).limit(3).toList()),
				() -> writer(this.instances.one).writeApart(this.ids.incrementAndGet(), "requires new"),
				() -> plain.readAndWriteApart(this.ids.incrementAndGet()));
		for (Runnable write : writes) {
			inScope(this.instances.one, null, () -> {
				ConsistencyTokens tokens = this.instances.one.getBean(ConsistencyTokens.class);
				assertThat(tokens.current()).isEmpty();
				write.run();
				assertThat(tokens.current()).isPresent();
				assertThat(notes(this.instances.one).patient(this.ids.get())).isTrue();
				assertThat(NoteApplication.uses()).last().isEqualTo(REPLICA);
			});
		}
	}

	@Test
	void rolledBackAndReadOnlyWorkLeavesNoToken() {
		inScope(this.instances.one, null, () -> {
			assertThatException().isThrownBy(() -> writer(this.instances.one).writeAndFail(this.ids.incrementAndGet()));
			notes(this.instances.one).standard(1);
			assertThat(this.instances.one.getBean(ConsistencyTokens.class).current()).isEmpty();
		});
	}

	@Test
	void commitsAreStillNoticedAfterGarbageCollections() {
		for (int i = 0; i < 5; i++) {
			System.gc();
			assertThat(tokenOfWriting(this.ids.incrementAndGet())).isNotEmpty();
		}
	}

	@Test
	void serverThatDoesNotReportGtidsByItselfIsToldTo() throws Exception {
		this.instances.execute(this.instances.pair.primary(), "SET GLOBAL session_track_gtids = OFF");
		try (ConfigurableApplicationContext late = NoteApplication.start(this.instances.pair, WebApplicationType.NONE,
				TwoInstances.SECRET)) {
			inScope(late, null, () -> {
				write(late);
				assertThat(late.getBean(ConsistencyTokens.class).current()).isPresent();
			});
		}
		finally {
			this.instances.execute(this.instances.pair.primary(), "SET GLOBAL session_track_gtids = OWN_GTID");
		}
	}

	@Test
	void monotonicReaderNeverSeesLessThanBefore() throws Exception {
		try (ConfigurableApplicationContext monotonic = NoteApplication.start(this.instances.pair,
				WebApplicationType.NONE, TwoInstances.SECRET, "db-router.consistency.monotonic=true")) {
			AutoCloseable hold = this.instances.holdReplica();
			try {
				long id = this.ids.incrementAndGet();
				inScope(this.instances.one, null, () -> writer(this.instances.one).write(id, "by another client"));
				inScope(monotonic, null, () -> {
					assertThat(notes(monotonic).standard(id)).as("the replica's past").isFalse();
					assertThat(notes(monotonic).primary(id)).as("the present").isTrue();
					assertThat(notes(monotonic).standard(id)).as("not the past again").isTrue();
					assertThat(NoteApplication.uses()).containsExactly(REPLICA, PRIMARY, PRIMARY);
					assertThat(monotonic.getBean(ConsistencyTokens.class).current()).isPresent();
				});
			}
			finally {
				hold.close();
			}
		}
	}

	@Test
	void workInAnotherThreadBelongsToItsUnitOfWork() throws Exception {
		AutoCloseable hold = this.instances.holdReplica();
		try {
			BackgroundNotes background = this.instances.one.getBean(BackgroundNotes.class);
			inScope(this.instances.one, null, () -> {
				long id = this.ids.incrementAndGet();
				assertThat(background.write(id).join()).isTrue();
				assertThat(this.instances.one.getBean(ConsistencyTokens.class).current()).isPresent();
				assertThat(notes(this.instances.one).standard(id)).as("written there, read here").isTrue();
				long other = write(this.instances.one);
				assertThat(background.find(other).join()).as("written here, read there").isTrue();
			});
			inScope(this.instances.one, null, () -> {
				assertThat(background.find(this.ids.get()).join()).as("another client").isFalse();
				assertThat(this.instances.one.getBean(ConsistencyTokens.class).current()).isEmpty();
			});
		}
		finally {
			hold.close();
		}
	}

	@Test
	void forgedTokenCostsNothing() throws Exception {
		String token = tokenOfWriting(this.ids.incrementAndGet());
		String forged = token.substring(0, 20) + ((token.charAt(20) == 'A') ? 'B' : 'A') + token.substring(21);
		double before = TwoInstances.count(this.instances.two, "db.router.tokens", "forged");
		AutoCloseable hold = this.instances.holdReplica();
		try {
			inScope(this.instances.two, forged, () -> {
				assertThat(time(() -> notes(this.instances.two).standard(1))).isLessThan(MAX_WAIT);
				assertThat(NoteApplication.uses()).containsExactly(REPLICA);
			});
		}
		finally {
			hold.close();
		}
		assertThat(TwoInstances.count(this.instances.two, "db.router.tokens", "forged")).isEqualTo(before + 1);
	}

	private String tokenOfWriting(long id) {
		ConsistencyTokens tokens = this.instances.one.getBean(ConsistencyTokens.class);
		Scope scope = tokens.resume(null);
		try {
			writer(this.instances.one).write(id, "token");
			NoteApplication.uses();
			return tokens.current().orElseThrow();
		}
		finally {
			scope.close();
		}
	}

	private long write(ConfigurableApplicationContext instance) {
		long id = this.ids.incrementAndGet();
		writer(instance).write(id, "written");
		return id;
	}

	private static void inScope(ConfigurableApplicationContext instance, @Nullable String token, Runnable work) {
		Scope scope = instance.getBean(ConsistencyTokens.class).resume(token);
		try {
			NoteApplication.uses();
			work.run();
		}
		finally {
			scope.close();
		}
	}

	private static Duration time(Runnable work) {
		long start = System.nanoTime();
		work.run();
		return Duration.ofNanos(System.nanoTime() - start);
	}

	private static ConsistentNotes notes(ConfigurableApplicationContext instance) {
		return instance.getBean(ConsistentNotes.class);
	}

	private static NoteWriter writer(ConfigurableApplicationContext instance) {
		return instance.getBean(NoteWriter.class);
	}

}
