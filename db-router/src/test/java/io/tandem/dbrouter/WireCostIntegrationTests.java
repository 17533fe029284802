package io.tandem.dbrouter;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.tandem.cluster.mysql.MySqlPair;
import io.tandem.cluster.network.ClientCommand;
import io.tandem.dbrouter.app.NoteApplication;
import io.tandem.dbrouter.app.Notes;
import jakarta.persistence.EntityManager;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a transaction costs on the wire. A path that gets dearer fails here.
 */
@ExtendWith(SharedPair.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WireCostIntegrationTests {

	private static final String PRIMARY = "mysql-1";

	private static final String REPLICA = "mysql-2";

	private static final String SELECT = "select n1_0.id,n1_0.text from note n1_0 where n1_0.id=1";

	private static final String COUNT = "select count(*) from note n1_0";

	private final MySqlPair pair;

	private final Proxies proxies;

	private final ConfigurableApplicationContext context;

	private final Notes notes;

	private final JdbcTemplate jdbc;

	private final TransactionTemplate reading;

	private final TransactionTemplate writing;

	WireCostIntegrationTests(MySqlPair pair) {
		this.pair = pair;
		this.proxies = new Proxies(this.pair);
		this.context = start();
		this.notes = this.context.getBean(Notes.class);
		this.jdbc = this.context.getBean(JdbcTemplate.class);
		PlatformTransactionManager transactions = this.context.getBean(PlatformTransactionManager.class);
		this.reading = new TransactionTemplate(transactions);
		this.reading.setReadOnly(true);
		this.writing = new TransactionTemplate(transactions);
	}

	private ConfigurableApplicationContext start(String... properties) {
		List<String> all = new ArrayList<>(List.of(properties));
		all.add(NoteApplication.PATIENT_PROBES);
		return NoteApplication.start(this.pair, this.proxies::url, WebApplicationType.NONE, all.toArray(String[]::new));
	}

	@BeforeEach
	void mark() {
		this.writing.executeWithoutResult((status) -> update());
		this.pair.awaitReplicaCaughtUp(Duration.ofSeconds(10));
		// Waits for what this thread has written; from then on that is known to be there.
		this.notes.read(1);
		this.proxies.awaitLast(REPLICA, "COMMIT");
		this.proxies.reset();
	}

	@AfterAll
	void stop() {
		this.context.close();
		this.proxies.close();
	}

	@Test
	void jpaReadCostsOneRoundTripAndTwoCommands() {
		this.notes.read(1);
		assertThat(this.proxies.settledAt(REPLICA, 2)).containsExactly(SELECT, "COMMIT");
		assertThat(this.proxies.sentTo(PRIMARY)).isEmpty();
		assertThat(this.proxies.roundTripsOf(() -> this.notes.read(1))).isOne();
	}

	@Test
	void eachSelectCostsOneRoundTrip() {
		this.notes.readTwice(1);
		assertThat(this.proxies.settledAt(REPLICA, 3)).containsExactly(SELECT, COUNT, "COMMIT");
		assertThat(this.proxies.roundTripsOf(() -> this.notes.readTwice(1))).isEqualTo(2);
		assertThat(this.proxies.roundTripsOf(() -> this.reading.executeWithoutResult((status) -> {
			select();
			select();
			select();
		}))).isEqualTo(3);
	}

	@Test
	void readThatMustSeeWhatWasJustWrittenCostsOneRoundTripMoreAtMost() {
		assertThat(this.proxies.roundTripsOf(() -> {
			this.writing.executeWithoutResult((status) -> update());
			this.notes.read(1);
		})).isLessThanOrEqualTo(2 + 1 + 1);
	}

	@Test
	void readsOneAfterTheOtherDoNotWaitForTheCommitBefore() {
		assertThat(this.proxies.roundTripsOf(() -> {
			for (int read = 0; read < 5; read++) {
				this.notes.read(1);
			}
		})).isEqualTo(5);
	}

	@Test
	void readThatFailsIsRolledBackWithoutAWait() {
		assertThat(this.proxies.roundTripsOf(() -> this.reading.executeWithoutResult((status) -> {
			select();
			status.setRollbackOnly();
		}))).isOne();
		this.proxies.awaitLast(REPLICA, "ROLLBACK");
	}

	@Test
	void commitIsWaitedForIfSoConfigured() {
		try (ConfigurableApplicationContext inline = start("db-router.reads.commit=inline")) {
			Notes here = inline.getBean(Notes.class);
			here.read(1);
			assertThat(this.proxies.roundTripsOf(() -> here.read(1))).isEqualTo(2);
		}
	}

	@Test
	void writeCostsTwoRoundTrips() {
		this.writing.executeWithoutResult((status) -> update());
		assertThat(this.proxies.sent()).containsExactly(text(), "COMMIT");
		assertThat(this.proxies.roundTripsOf(() -> this.writing.executeWithoutResult((status) -> update())))
			.isEqualTo(2);
		EntityManager entities = this.context.getBean(EntityManager.class);
		assertThat(this.proxies.roundTripsOf(() -> this.writing.executeWithoutResult(
				(status) -> entities.createQuery("update Note n set n.text = 'x' where n.id = 1").executeUpdate())))
			.isEqualTo(2);
	}

	@Test
	void readInATransactionThatMayWriteCostsTwoRoundTrips() {
		assertThat(this.proxies.roundTripsOf(() -> this.notes.readInReadWrite(1))).isEqualTo(2);
		assertThat(this.proxies.sentTo(REPLICA)).isEmpty();
	}

	@Test
	void emptyTransactionCostsNothing() {
		this.notes.nothing();
		this.writing.executeWithoutResult((status) -> {
		});
		this.reading.executeWithoutResult((status) -> this.jdbc.execute((Connection connection) -> {
			connection.getMetaData();
			return connection.isReadOnly() && connection.getAutoCommit();
		}));
		this.writing.executeWithoutResult((status) -> this.jdbc.execute((Connection connection) -> {
			connection.createStatement().close();
			connection.prepareStatement(text()).close();
			return null;
		}));
		assertThat(this.proxies.sent()).isEmpty();
	}

	@Test
	void statementWithoutATransactionCostsOneRoundTripAndIsCommitted() {
		assertThat(this.proxies.roundTripsOf(this::select)).isOne();
		assertThat(this.proxies.roundTripsOf(this::update)).isOne();
		assertThat(this.proxies.settledAt(PRIMARY, 3)).startsWith("SET autocommit=1", "SELECT text FROM note",
				"SET autocommit=0");
	}

	@Test
	void connectionThatWasIdleIsNotPinged() {
		Awaitility.await().pollDelay(Duration.ofMillis(900)).until(() -> true);
		assertThat(this.proxies.roundTripsOf(() -> this.notes.read(1))).isOne();
		assertThat(this.proxies.sent()).doesNotContain("COM_PING");
	}

	@Test
	void newConnectionSendsNothingThatCouldBeSpared() {
		try (ConfigurableApplicationContext another = start("db-router.pool.minimum-idle=0")) {
			this.proxies.reset();
			another.getBean(Notes.class).read(1);
			List<String> sent = this.proxies.settledAt(REPLICA, 3);
			long fresh = this.proxies.before(REPLICA)
				.traffic()
				.commands()
				.stream()
				.filter((command) -> command.sql().equals(SELECT))
				.findFirst()
				.orElseThrow()
				.connection();
			assertThat(this.proxies.before(REPLICA).traffic().on(fresh)).as("of %s", sent)
				.extracting(ClientCommand::toString)
				.containsExactly("SET autocommit=0", SELECT, "COMMIT");
		}
	}

	@Test
	void snapshotLastsForTheWholeTransaction() throws SQLException {
		try (Connection writer = this.pair.primary().connect(this.pair.accounts().owner());
				PreparedStatement change = writer.prepareStatement("UPDATE note SET text = ? WHERE id = 1")) {
			this.reading.executeWithoutResult((status) -> {
				String before = select();
				try {
					change.setString(1, "changed meanwhile " + System.nanoTime());
					change.executeUpdate();
				}
				catch (SQLException ex) {
					throw new IllegalStateException(ex);
				}
				this.pair.awaitReplicaCaughtUp(Duration.ofSeconds(10));
				assertThat(select()).isEqualTo(before);
			});
			assertThat(this.reading.<String>execute((status) -> select())).startsWith("changed meanwhile");
		}
	}

	@Test
	void rowsThatWereStreamedDoNotMixWithTheCommit() {
		for (int read = 0; read < 3; read++) {
			this.reading.executeWithoutResult((status) -> this.jdbc.execute((Connection connection) -> {
				try (PreparedStatement streaming = connection.prepareStatement("SELECT id FROM note")) {
					streaming.setFetchSize(Integer.MIN_VALUE);
					assertThat(streaming.executeQuery().next()).isTrue();
				}
				return null;
			}));
			assertThat(this.reading.<String>execute((status) -> select())).isNotEmpty();
		}
	}

	private String select() {
		return this.jdbc.queryForList("SELECT text FROM note", String.class).get(0);
	}

	private static String text() {
		return "UPDATE note SET text = 'same' WHERE id = 1";
	}

	private void update() {
		this.jdbc.update(text());
	}

}
