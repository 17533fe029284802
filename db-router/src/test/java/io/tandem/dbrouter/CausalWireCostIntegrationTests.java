package io.tandem.dbrouter;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import io.tandem.cluster.mysql.MySqlPair;
import io.tandem.cluster.network.MySqlProxy;
import io.tandem.dbrouter.ConsistencyTokens.Scope;
import io.tandem.dbrouter.app.ConsistentNotes;
import io.tandem.dbrouter.app.NoteApplication;
import io.tandem.dbrouter.app.NoteWriter;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What causality costs on the wire.
 */
@ExtendWith(SharedPair.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CausalWireCostIntegrationTests {

	private final MySqlPair pair;

	private final MySqlProxy primary;

	private final MySqlProxy replica;

	private final ConfigurableApplicationContext instance;

	private final ConsistencyTokens tokens;

	private final ConsistentNotes notes;

	private final AtomicLong ids = new AtomicLong(1000);

	CausalWireCostIntegrationTests(MySqlPair pair) {
		this.pair = pair;
		this.primary = MySqlProxy.to(this.pair.primary().port());
		this.replica = MySqlProxy.to(this.pair.replica().port());
		// Later probes would make a hit of what is to be a miss.
		this.instance = NoteApplication.start(this.pair,
				(node) -> (node.equals("mysql-1") ? this.primary : this.replica).url(this.pair.node(node).jdbcUrl()),
				WebApplicationType.NONE, TwoInstances.SECRET, "db-router.probe.interval=1m",
				"db-router.pool.minimum-idle=1");
		this.tokens = this.instance.getBean(ConsistencyTokens.class);
		this.notes = this.instance.getBean(ConsistentNotes.class);
	}

	@BeforeEach
	void warm() {
		this.pair.awaitReplicaCaughtUp(Duration.ofSeconds(10));
		asClient(() -> {
			write();
			this.notes.patient(1);
		});
	}

	@AfterAll
	void stop() {
		this.instance.close();
		this.primary.close();
		this.replica.close();
	}

	@Test
	void missCostsOneRoundTripAndTheNextReadsNothing() {
		asClient(() -> {
			write();
			reset();
			this.notes.patient(1);
			assertThat(settled(3)).satisfiesExactly(
					(wait) -> assertThat(wait).startsWith("SELECT WAIT_FOR_EXECUTED_GTID_SET('").contains(", 10.000)"),
					(select) -> assertThat(select).startsWith("select"), (end) -> assertThat(end).isEqualTo("COMMIT"));
			reset();
			this.notes.patient(1);
			assertThat(settled(2)).satisfiesExactly((select) -> assertThat(select).startsWith("select"),
					(end) -> assertThat(end).isEqualTo("COMMIT"));
			assertThat(this.primary.traffic().texts()).isEmpty();
		});
	}

	@Test
	void commitTellsItsGtidWithoutACommandOfItsOwn() {
		asClient(() -> {
			this.instance.getBean(NoteWriter.class).write(1, "as before");
			reset();
			this.instance.getBean(NoteWriter.class).writeApart(1, "changed " + this.ids.incrementAndGet());
			assertThat(this.primary.traffic().texts()).satisfiesExactly((note) -> assertThat(note).startsWith("select"),
					(tags) -> assertThat(tags).startsWith("select"),
					(update) -> assertThat(update).startsWith("update"), (end) -> assertThat(end).isEqualTo("COMMIT"));
			assertThat(this.tokens.current()).isPresent();
		});
	}

	private void asClient(Runnable work) {
		Scope scope = this.tokens.resume(null);
		try {
			work.run();
		}
		finally {
			scope.close();
		}
	}

	private void write() {
		this.instance.getBean(NoteWriter.class).write(this.ids.incrementAndGet(), "written");
	}

	private void reset() {
		this.primary.reset();
		this.replica.reset();
	}

	/** Waits for what may be sent off the caller's path. */
	private List<String> settled(int commands) {
		Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> this.replica.traffic().texts().size() >= commands);
		return this.replica.traffic().texts();
	}

}
