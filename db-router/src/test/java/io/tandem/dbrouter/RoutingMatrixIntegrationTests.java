package io.tandem.dbrouter;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

import javax.sql.DataSource;

import io.tandem.cluster.mysql.MySqlNode;
import io.tandem.cluster.mysql.MySqlPair;
import io.tandem.dbrouter.app.NoteApplication;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Every combination of transactions that Spring knows, on the connections of plain JDBC.
 * {@link RoutingIntegrationTests} has those of JPA and open-in-view.
 */
@ExtendWith(SharedPair.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RoutingMatrixIntegrationTests {

	private static final String PRIMARY = "mysql-1";

	private static final String REPLICA = "mysql-2";

	private final MySqlPair pair;

	private final Proxies proxies;

	private final ConfigurableApplicationContext context;

	private final DataSource dataSource;

	private final JdbcTemplate jdbc;

	private final JdbcTransactionManager transactions;

	private final AtomicLong ids = new AtomicLong(100);

	private String primaryUuid = "";

	private String replicaUuid = "";

	RoutingMatrixIntegrationTests(MySqlPair pair) {
		this.pair = pair;
		this.proxies = new Proxies(this.pair);
		// The application's own account may not call procedures.
		this.context = NoteApplication.start(this.pair, this.proxies::url, WebApplicationType.NONE,
				NoteApplication.PATIENT_PROBES, "db-router.username=" + this.pair.accounts().owner().user(),
				"db-router.password=" + this.pair.accounts().owner().password());
		this.dataSource = this.context.getBean(DataSource.class);
		this.jdbc = this.context.getBean(JdbcTemplate.class);
		this.transactions = new JdbcTransactionManager(this.dataSource);
	}

	@BeforeAll
	void createProcedures() {
		execute(this.pair.primary(), "CREATE PROCEDURE tandem.read_note() READS SQL DATA SELECT text FROM note");
		execute(this.pair.primary(), "CREATE PROCEDURE tandem.write_note(IN id BIGINT) MODIFIES SQL DATA"
				+ " INSERT INTO note VALUES (id, 'by a procedure')");
		this.primaryUuid = uuid(this.pair.primary());
		this.replicaUuid = uuid(this.pair.replica());
	}

	@BeforeEach
	void mark() {
		this.pair.awaitReplicaCaughtUp(Duration.ofSeconds(10));
		this.proxies.reset();
		reading(this::connection);
		this.proxies.awaitLast(REPLICA, "COMMIT");
		this.proxies.reset();
	}

	@AfterAll
	void stop() {
		this.context.close();
		this.proxies.close();
	}

	@Test
	void transactionStaysOnOneConnectionOfOneNode() {
		for (boolean readOnly : new boolean[] { true, false }) {
			in(TransactionDefinition.PROPAGATION_REQUIRED, readOnly, () -> {
				String first = connection();
				assertThat(first).contains(readOnly ? this.replicaUuid : this.primaryUuid);
				assertThat(connection()).isEqualTo(first);
				return first;
			});
		}
	}

	@Test
	void newWritingTransactionInsideAReadOnlyOneTakesThePrimaryAndTheOuterOneItsReplicaAgain() {
		long id = this.ids.incrementAndGet();
		reading(() -> {
			String outer = connection();
			in(TransactionDefinition.PROPAGATION_REQUIRES_NEW, false, () -> insert(id));
			assertThat(connection()).isEqualTo(outer).contains(this.replicaUuid);
			return outer;
		});
		assertThat(exists(id)).isTrue();
	}

	@Test
	void newReadOnlyTransactionInsideAWritingOneReadsFromTheReplica() {
		writing(() -> {
			assertThat(connection()).contains(this.primaryUuid);
			assertThat(in(TransactionDefinition.PROPAGATION_REQUIRES_NEW, true, this::connection))
				.contains(this.replicaUuid);
			return connection();
		});
	}

	@Test
	void nestedTransactionIsASavepointOnTheNodeOfTheOuterOne() {
		long kept = this.ids.incrementAndGet();
		long undone = this.ids.incrementAndGet();
		writing(() -> {
			insert(kept);
			TransactionTemplate nested = template(TransactionDefinition.PROPAGATION_NESTED, false);
			nested.executeWithoutResult((status) -> {
				insert(undone);
				status.setRollbackOnly();
			});
			return kept;
		});
		assertThat(exists(kept)).isTrue();
		assertThat(exists(undone)).isFalse();
		assertThat(reading(() -> in(TransactionDefinition.PROPAGATION_NESTED, true, this::connection)))
			.contains(this.replicaUuid);
	}

	@Test
	void statementOutsideOfTheSuspendedTransactionIsCommittedOnThePrimary() {
		long id = this.ids.incrementAndGet();
		reading(() -> {
			String outer = connection();
			in(TransactionDefinition.PROPAGATION_NOT_SUPPORTED, false, () -> insert(id));
			assertThat(exists(id)).isTrue();
			assertThat(connection()).isEqualTo(outer);
			return outer;
		});
	}

	@Test
	void writeThatJoinsAReadOnlyTransactionSendsNothing() {
		assertThatException()
			.isThrownBy(() -> reading(() -> in(TransactionDefinition.PROPAGATION_REQUIRED, false, () -> insert(1))))
			.havingRootCause()
			.isInstanceOf(ReadOnlyTransactionException.class)
			.withMessageContaining("INSERT was not sent");
		assertThat(this.proxies.sent()).isEmpty();
	}

	@Test
	void lockingReadInAReadOnlyTransactionSendsNothing() {
		assertThatException().isThrownBy(() -> reading(() -> this.jdbc.queryForList("SELECT id FROM note FOR UPDATE")))
			.havingRootCause()
			.isInstanceOf(ReadOnlyTransactionException.class);
		assertThat(this.proxies.sent()).isEmpty();
		assertThat(writing(() -> this.jdbc.queryForList("SELECT id FROM note FOR UPDATE"))).isNotEmpty();
		assertThat(this.proxies.sentTo(REPLICA)).isEmpty();
	}

	@Test
	void withoutATransactionEverythingIsCommittedOnThePrimary() {
		long id = this.ids.addAndGet(2);
		insert(id);
		JdbcClient client = JdbcClient.create(this.dataSource);
		client.sql("INSERT INTO note VALUES (?, 'by the client')").param(id - 1).update();
		assertThat(exists(id)).isTrue();
		assertThat(exists(id - 1)).isTrue();
		assertThat(connection()).contains(this.primaryUuid);
		assertThat(this.proxies.sentTo(REPLICA)).isEmpty();
	}

	@Test
	void decoratorThatAsksForMetadataEarlyChangesNothing() {
		DataSource curious = new DelegatingDataSource(this.dataSource) {

			@Override
			public Connection getConnection() throws SQLException {
				Connection connection = super.getConnection();
				assertThat(connection.getMetaData().getURL()).startsWith("jdbc:mysql:");
				assertThat(connection.getMetaData().getUserName()).isNotEmpty();
				assertThat(connection.getCatalog()).isEqualTo("tandem");
				return connection;
			}

		};
		TransactionTemplate readOnly = new TransactionTemplate(new JdbcTransactionManager(curious));
		readOnly.setReadOnly(true);
		String uuid = readOnly
			.execute((status) -> new JdbcTemplate(curious).queryForObject("SELECT @@server_uuid", String.class));
		assertThat(uuid).isEqualTo(this.replicaUuid);
	}

	@Test
	void explicitIsolationIsThatOfTheTransactionOnly() {
		for (boolean readOnly : new boolean[] { true, false }) {
			for (int level : new int[] { TransactionDefinition.ISOLATION_READ_COMMITTED,
					TransactionDefinition.ISOLATION_SERIALIZABLE }) {
				TransactionTemplate explicit = template(TransactionDefinition.PROPAGATION_REQUIRED, readOnly);
				explicit.setIsolationLevel(level);
				String expected = (level == TransactionDefinition.ISOLATION_SERIALIZABLE) ? "SERIALIZABLE"
						: "READ-COMMITTED";
				assertThat(explicit.<String>execute((status) -> isolation())).isEqualTo(expected);
				assertThat(in(TransactionDefinition.PROPAGATION_REQUIRED, readOnly, this::isolation))
					.isEqualTo("REPEATABLE-READ");
			}
		}
	}

	@Test
	void procedureInAReadOnlyTransactionRunsOnTheReplicaAndMayNotWrite() {
		assertThat(reading(() -> this.jdbc.queryForList("CALL read_note()"))).isNotEmpty();
		assertThat(this.proxies.sentTo(PRIMARY)).isEmpty();
		writingProcedureIsRefused();
	}

	@Test
	void procedureInAReadOnlyTransactionWritesNothingWhenTheReadHasFallenBackToThePrimary() {
		execute(this.pair.replica(), "STOP REPLICA SQL_THREAD");
		try {
			Awaitility.await()
				.atMost(Duration.ofSeconds(10))
				.until(() -> reading(this::connection).contains(this.primaryUuid));
			assertThat(reading(() -> this.jdbc.queryForList("CALL read_note()"))).isNotEmpty();
			writingProcedureIsRefused();
			assertThat(reading(() -> {
				connection();
				return this.jdbc.queryForList("CALL read_note()");
			})).isNotEmpty();
		}
		finally {
			execute(this.pair.replica(), "START REPLICA SQL_THREAD");
			Awaitility.await()
				.atMost(Duration.ofSeconds(10))
				.until(() -> reading(this::connection).contains(this.replicaUuid));
		}
		long id = this.ids.incrementAndGet();
		writing(() -> this.jdbc.update("CALL write_note(?)", id));
		assertThat(exists(id)).as("by the procedure in a transaction that may write").isTrue();
	}

	private void writingProcedureIsRefused() {
		long id = this.ids.incrementAndGet();
		assertThatException().isThrownBy(() -> reading(() -> this.jdbc.update("{call write_note(?)}", id)))
			.havingRootCause()
			.isInstanceOf(ReadOnlyTransactionException.class);
		assertThatException().isThrownBy(() -> reading(() -> this.jdbc.execute((Connection connection) -> {
			try (var call = connection.prepareCall("{call write_note(?)}")) {
				call.setLong(1, id);
				return call.execute();
			}
		}))).havingRootCause().isInstanceOf(ReadOnlyTransactionException.class);
		assertThat(exists(id)).isFalse();
	}

	private <T> T reading(Supplier<@Nullable T> work) {
		return in(TransactionDefinition.PROPAGATION_REQUIRED, true, work);
	}

	private <T> T writing(Supplier<@Nullable T> work) {
		return in(TransactionDefinition.PROPAGATION_REQUIRED, false, work);
	}

	private <T> T in(int propagation, boolean readOnly, Supplier<@Nullable T> work) {
		T result = template(propagation, readOnly).execute((status) -> work.get());
		if (result == null) {
			throw new IllegalStateException("No result");
		}
		return result;
	}

	private TransactionTemplate template(int propagation, boolean readOnly) {
		TransactionTemplate template = new TransactionTemplate(this.transactions);
		template.setPropagationBehavior(propagation);
		template.setReadOnly(readOnly);
		return template;
	}

	private String connection() {
		return String
			.valueOf(this.jdbc.queryForObject("SELECT CONCAT(CONNECTION_ID(), ' on ', @@server_uuid)", String.class));
	}

	private String isolation() {
		return String.valueOf(this.jdbc.queryForObject("SELECT @@transaction_isolation", String.class));
	}

	private int insert(long id) {
		return this.jdbc.update("INSERT INTO note VALUES (?, 'x')", id);
	}

	/** Asked of the primary itself, over a connection of the test's own. */
	private boolean exists(long id) {
		return !query(this.pair.primary(), "SELECT COUNT(*) FROM tandem.note WHERE id = " + id).equals("0");
	}

	private String uuid(MySqlNode node) {
		return query(node, "SELECT @@server_uuid");
	}

	private String query(MySqlNode node, String sql) {
		try (Connection connection = node.connect(this.pair.accounts().admin());
				Statement statement = connection.createStatement();
				var row = statement.executeQuery(sql)) {
			row.next();
			return row.getString(1);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void execute(MySqlNode node, String sql) {
		try (Connection connection = node.connect(this.pair.accounts().admin());
				Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
