package io.tandem.benchmarks.dbrouter.overhead;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.tandem.benchmarks.dbrouter.peer.Peer;
import io.tandem.benchmarks.dbrouter.peer.PeerApplication;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The cost of a peer's data source in a read-only transaction, without the transaction
 * manager, without the database and with warm pools.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 8, time = 1)
// Many short ones: their median ignores what else the machine does.
@Measurement(iterations = 25, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class RoutingOverhead {

	/** The peer's id; of {@code boot} the data source is a bare Hikari pool. */
	@Param("boot")
	@SuppressWarnings("NullAway.Init")
	public String peer;

	private @Nullable ConfigurableApplicationContext context;

	@SuppressWarnings("NullAway.Init")
	private DataSource dataSource;

	private boolean turnsAutoCommitOff;

	/** Starts the application and pretends a read-only transaction. */
	@Setup
	public void start() throws SQLException {
		ConfigurableApplicationContext started = PeerApplication.start(Peer.of(this.peer));
		this.context = started;
		this.dataSource = started.getBean(DataSource.class);
		this.turnsAutoCommitOff = Peer.of(this.peer).isDbRouter();
		if (this.peer.equals("boot") && !(this.dataSource instanceof HikariDataSource)) {
			throw new IllegalStateException("Not bare: " + this.dataSource);
		}
		TransactionSynchronizationManager.setActualTransactionActive(true);
		TransactionSynchronizationManager.setCurrentTransactionReadOnly(true);
		// Routers that watch their nodes need to have seen them once.
		statement();
	}

	/** Closes the application. */
	@TearDown
	public void stop() {
		Objects.requireNonNull(this.context).close();
	}

	/** A transaction without a statement. */
	@Benchmark
	public boolean connection() throws SQLException {
		try (Connection connection = begin()) {
			return connection.isClosed();
		}
	}

	/** The node is chosen by the first statement, which is not sent. */
	@Benchmark
	public int statement() throws SQLException {
		try (Connection connection = begin(); Statement statement = connection.createStatement()) {
			return statement.getMaxRows();
		}
	}

	/**
	 * JPA turns auto-commit off first. A bare pool sends that to the server, which is not
	 * what is measured here, and needs it for nothing else.
	 */
	private Connection begin() throws SQLException {
		Connection connection = this.dataSource.getConnection();
		if (this.turnsAutoCommitOff) {
			connection.setAutoCommit(false);
		}
		return connection;
	}

}
