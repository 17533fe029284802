package io.tandem.dbrouter;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

import javax.sql.DataSource;

import io.micrometer.core.instrument.MeterRegistry;
import io.tandem.cluster.mysql.MySqlPair;
import io.tandem.dbrouter.app.NoteApplication;
import io.tandem.dbrouter.app.NoteRepository;
import io.tandem.dbrouter.app.NoteWriter;
import io.tandem.dbrouter.app.Notes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Which node executes what, by the nodes' own counters.
 */
@ExtendWith(SharedPair.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RoutingIntegrationTests {

	private static final String PRIMARY = "mysql-1 PRIMARY";

	private static final String REPLICA = "mysql-2 REPLICA";

	private final MySqlPair pair;

	private final ConfigurableApplicationContext context;

	private final Notes notes;

	private final NoteWriter writer;

	private final NoteRepository repository;

	private final JdbcTemplate jdbc;

	private final AtomicLong ids = new AtomicLong(100);

	private Executions atPrimary = new Executions(0, 0);

	private Executions atReplica = new Executions(0, 0);

	RoutingIntegrationTests(MySqlPair pair) {
		this.pair = pair;
		this.context = NoteApplication.start(this.pair, WebApplicationType.SERVLET);
		this.notes = this.context.getBean(Notes.class);
		this.writer = this.context.getBean(NoteWriter.class);
		this.repository = this.context.getBean(NoteRepository.class);
		this.jdbc = this.context.getBean(JdbcTemplate.class);
	}

	@BeforeEach
	void mark() {
		this.pair.awaitReplicaCaughtUp(Duration.ofSeconds(10));
		this.atPrimary = Executions.on(this.pair, this.pair.primary());
		this.atReplica = Executions.on(this.pair, this.pair.replica());
		NoteApplication.uses();
	}

	@AfterAll
	void stop() {
		this.context.close();
	}

	@Test
	void readOnlyTransactionReadsFromTheReplica() {
		assertThat(this.notes.read(1).getText()).isEqualTo("one");
		assertPrimary(0, 0);
		assertReplica(1, 0);
		assertThat(NoteApplication.uses()).containsExactly(REPLICA);
	}

	@Test
	void repositoryReadsFromTheReplicaWithoutAnOuterTransaction() {
		assertThat(this.repository.findById(1L)).isPresent();
		assertPrimary(0, 0);
		assertReplica(1, 0);
	}

	@Test
	void queryMethodOfARepositoryHasNoTransactionOfItsOwn() {
		assertThat(this.repository.findByText("one")).hasSize(1);
		assertThat(NoteApplication.uses()).containsExactly(PRIMARY);
	}

	@Test
	void transactionThatMayWriteUsesThePrimaryAlsoForItsReads() {
		assertThat(this.notes.readInReadWrite(1)).isEqualTo("one");
		assertPrimary(1, 0);
		assertReplica(0, 0);
	}

	@Test
	void writeGoesToThePrimaryAndArrives() {
		long id = this.ids.incrementAndGet();
		this.writer.write(id, "written");
		assertPrimary(1, 1);
		this.pair.awaitReplicaCaughtUp(Duration.ofSeconds(10));
		assertThat(this.notes.read(id).getText()).isEqualTo("written");
	}

	@Test
	void failedTransactionIsRolledBack() {
		long id = this.ids.incrementAndGet();
		assertThatIllegalStateException().isThrownBy(() -> this.writer.writeAndFail(id));
		assertThat(this.repository.existsById(id)).isFalse();
		assertThat(count(id)).isZero();
	}

	@Test
	void statementWithoutTransactionIsCommittedOnThePrimary() {
		long id = this.ids.incrementAndGet();
		this.jdbc.update("INSERT INTO note VALUES (?, 'committed')", id);
		assertThat(NoteApplication.uses()).containsExactly(PRIMARY);
		assertThat(count(id)).isOne();
		assertThat(this.notes.countWithoutTransaction()).isPositive();
		assertReplica(0, 0);
	}

	@Test
	void transactionWithoutStatementUsesNoNode() {
		this.notes.nothing();
		assertThat(NoteApplication.uses()).isEmpty();
	}

	@Test
	void newTransactionInsideAReadOnlyOneWritesToThePrimary() {
		long id = this.ids.incrementAndGet();
		this.notes.readAndWriteApart(id);
		assertThat(NoteApplication.uses()).containsExactly(PRIMARY, REPLICA);
		assertPrimary(1, 1);
		assertReplica(2, 0);
		assertThat(count(id)).isOne();
	}

	@Test
	void openInViewUsesTheNodeOfEachTransaction() throws Exception {
		long id = this.ids.incrementAndGet();
		String port = this.context.getEnvironment().getRequiredProperty("local.server.port");
		HttpResponse<String> response = HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/" + id)).build(),
					HttpResponse.BodyHandlers.ofString());
		assertThat(response.statusCode()).isEqualTo(200);
		// Read, write, read, lazy load outside of a transaction, isolation, write.
		assertThat(response.body())
			.isEqualTo("[\"" + String.join("\",\"", REPLICA, PRIMARY, REPLICA, PRIMARY, REPLICA, PRIMARY) + "\"]");
		assertReplica(2, 0);
		assertThat(count(id)).isOne();
	}

	@Test
	void explicitIsolationIsAppliedAndDoesNotStay() {
		assertThat(this.notes.isolation()).isEqualTo("READ-COMMITTED");
		TransactionTemplate plain = new TransactionTemplate(this.context.getBean(PlatformTransactionManager.class));
		plain.setReadOnly(true);
		String level = plain
			.execute((status) -> this.jdbc.queryForObject("SELECT @@transaction_isolation", String.class));
		assertThat(level).isEqualTo("REPEATABLE-READ");
	}

	@Test
	void writeInAReadOnlyTransactionIsNotSent() {
		assertThatException().isThrownBy(() -> this.notes.insertInReadOnly(1))
			.havingRootCause()
			.isInstanceOf(ReadOnlyTransactionException.class)
			.withMessageContainingAll("INSERT was not sent", "Notes.insertInReadOnly", "read-only");
		assertThatException().isThrownBy(() -> this.notes.lockInReadOnly(1))
			.havingRootCause()
			.isInstanceOf(ReadOnlyTransactionException.class)
			.withMessageContaining("SELECT … FOR UPDATE was not sent");
		assertPrimary(0, 0);
		assertReplica(0, 0);
		assertThat(NoteApplication.uses()).isEmpty();
	}

	@Test
	void methodThatMayWriteIsRefusedInsideAReadOnlyTransaction() {
		assertThatExceptionOfType(IllegalTransactionStateException.class)
			.isThrownBy(() -> this.notes.joinFromReadOnly(this.ids.incrementAndGet()))
			.withMessageContaining("not marked as read-only");
		assertPrimary(0, 0);
	}

	@Test
	void plainStatementIsGuardedLikeAPreparedOne() {
		TransactionTemplate readOnly = new TransactionTemplate(this.context.getBean(PlatformTransactionManager.class));
		readOnly.setReadOnly(true);
		readOnly.setName("by hand");
		assertThatException()
			.isThrownBy(() -> readOnly.executeWithoutResult((status) -> this.jdbc.execute("/* x */ DELETE FROM note")))
			.havingRootCause()
			.isInstanceOf(ReadOnlyTransactionException.class)
			.withMessageContainingAll("DELETE", "by hand");
		assertPrimary(0, 0);
	}

	@Test
	void plainJdbcKeepsItsStatementsAcrossCommits() throws SQLException {
		long id = this.ids.addAndGet(3);
		try (Connection connection = this.context.getBean(DataSource.class).getConnection()) {
			connection.setAutoCommit(false);
			try (PreparedStatement insert = connection.prepareStatement("INSERT INTO note VALUES (?, 'plain')")) {
				insert.setLong(1, id);
				insert.executeUpdate();
				connection.commit();
				insert.setLong(1, id - 1);
				insert.executeUpdate();
				connection.rollback();
				connection.setAutoCommit(true);
				insert.setLong(1, id - 2);
				insert.executeUpdate();
				assertThat(insert.getConnection()).isSameAs(connection);
			}
		}
		assertThat(count(id)).isOne();
		assertThat(count(id - 1)).isZero();
		assertThat(count(id - 2)).isOne();
		assertThat(NoteApplication.uses()).contains(PRIMARY);
	}

	@Test
	void metadataDecidesNothingAboutTheNode() {
		TransactionTemplate readOnly = new TransactionTemplate(this.context.getBean(PlatformTransactionManager.class));
		readOnly.setReadOnly(true);
		readOnly.executeWithoutResult((status) -> this.jdbc.execute((Connection connection) -> {
			assertThat(connection.getMetaData().getDatabaseMajorVersion()).isGreaterThanOrEqualTo(8);
			try (ResultSet tables = connection.getMetaData().getTables("tandem", null, "note", null)) {
				assertThat(tables.next()).isTrue();
			}
			return null;
		}));
		assertThat(NoteApplication.uses()).isEmpty();
	}

	@Test
	void healthAndMetricsTellTheRoles() {
		Health health = health();
		assertThat(health.getStatus().getCode()).isEqualTo("UP");
		assertThat(health.getDetails()).containsEntry("primary", "mysql-1").containsEntry("semiSync", "active");
		this.notes.read(1);
		MeterRegistry registry = this.context.getBean(MeterRegistry.class);
		assertThat(registry.get("db.router.routes")
			.tags("node", "mysql-2", "role", "replica", "reason", "read-only")
			.counter()
			.count()).isPositive();
		assertThat(registry.get("db.router.use")
			.tags("node", "mysql-2", "role", "replica", "reason", "read-only")
			.timer()
			.count()).as("observations").isPositive();
		assertThat(registry.get("db.router.node.state").tags("node", "mysql-1", "state", "primary").gauge().value())
			.isOne();
		assertThat(registry.get("db.router.semisync").gauge().value()).isOne();
		assertThat(registry.get("hikaricp.connections.max").tags("pool", "mysql-2").gauge().value()).isEqualTo(10);
	}

	@Test
	void noConnectionIsLeftInUse() {
		this.notes.read(1);
		MeterRegistry registry = this.context.getBean(MeterRegistry.class);
		for (String node : Set.of("mysql-1", "mysql-2")) {
			assertThat(registry.get("hikaricp.connections.active").tags("pool", node).gauge().value()).isZero();
		}
	}

	private Health health() {
		return Objects.requireNonNull(((HealthIndicator) this.context.getBean("dbHealthContributor")).health());
	}

	private long count(long id) {
		try (Connection connection = this.pair.primary().connect(this.pair.accounts().owner());
				PreparedStatement statement = connection.prepareStatement("SELECT id FROM note WHERE id = " + id)) {
			return statement.executeQuery().next() ? 1 : 0;
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void assertPrimary(long reads, long writes) {
		assertThat(Executions.on(this.pair, this.pair.primary()).since(this.atPrimary)).as("executed on mysql-1")
			.isEqualTo(new Executions(reads, writes));
	}

	private void assertReplica(long reads, long writes) {
		assertThat(Executions.on(this.pair, this.pair.replica()).since(this.atReplica)).as("executed on mysql-2")
			.isEqualTo(new Executions(reads, writes));
	}

}
