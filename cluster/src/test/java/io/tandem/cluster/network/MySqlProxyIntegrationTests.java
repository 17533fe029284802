package io.tandem.cluster.network;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;

import com.mysql.cj.jdbc.Driver;
import io.tandem.cluster.mysql.Account;
import io.tandem.cluster.mysql.MySqlInstallation;
import io.tandem.cluster.mysql.MySqlPair;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MySqlProxyIntegrationTests {

	private final MySqlPair pair;

	private final MySqlProxy proxy;

	MySqlProxyIntegrationTests(@TempDir Path directory) throws Exception {
		this.pair = MySqlPair.start(MySqlInstallation.locate(System.out::println), directory);
		this.proxy = MySqlProxy.to(this.pair.primary().port());
	}

	@AfterEach
	void heal() {
		this.proxy.delay(Duration.ZERO);
		this.proxy.drop(false);
		this.proxy.refuse(false);
	}

	@AfterAll
	void stop() {
		this.proxy.close();
		this.pair.close();
	}

	@Test
	void commandsOfEachConnectionAreCounted() throws SQLException {
		try (Connection one = connect(); Connection other = connect()) {
			this.proxy.reset();
			execute(one, "SELECT 1");
			execute(other, "SELECT 'x'");
			assertThat(one.isValid(1)).isTrue();
			one.setAutoCommit(false);
			Traffic traffic = this.proxy.traffic();
			assertThat(traffic.texts()).containsExactly("SELECT 1", "SELECT 'x'", "COM_PING", "SET autocommit=0");
			assertThat(traffic.roundTrips()).isEqualTo(4);
			assertThat(traffic.on(traffic.commands().get(1).connection())).hasSize(1);
			assertThat(traffic.connections()).isZero();
		}
		Awaitility.await().untilAsserted(() -> assertThat(this.proxy.traffic().texts()).endsWith("COM_QUIT"));
	}

	@Test
	void delayIsThatOfARoundTripAlsoOnOpenConnections() throws SQLException {
		try (Connection connection = connect()) {
			this.proxy.delay(Duration.ofMillis(40), Duration.ofMillis(60));
			assertThat(time(connection)).isBetween(Duration.ofMillis(100), Duration.ofMillis(190));
			this.proxy.delay(Duration.ZERO);
			assertThat(time(connection)).isLessThan(Duration.ofMillis(60));
		}
	}

	@Test
	void droppedPacketsLetTheClientWaitAndArriveWhenTheWireIsWhole() throws SQLException {
		try (Connection connection = connect()) {
			connection.setNetworkTimeout(Runnable::run, 300);
			this.proxy.drop(true);
			assertThatExceptionOfType(SQLException.class).isThrownBy(() -> execute(connection, "SELECT 1"))
				.extracting(SQLException::getSQLState)
				.isEqualTo("08S01");
			assertThatExceptionOfType(SQLException.class).isThrownBy(this::connect);
		}
		try (Connection connection = healed()) {
			execute(connection, "SELECT 1");
		}
	}

	private Connection healed() throws SQLException {
		this.proxy.drop(false);
		return connect();
	}

	@Test
	void cutConnectionsAreReset() throws SQLException {
		try (Connection connection = connect()) {
			this.proxy.cut();
			assertThatExceptionOfType(SQLException.class).isThrownBy(() -> execute(connection, "SELECT 1"));
			connect().close();
		}
	}

	@Test
	void refusedConnectionsLeaveOpenOnesAlone() throws SQLException {
		try (Connection connection = connect()) {
			this.proxy.refuse(true);
			assertThatExceptionOfType(SQLException.class).isThrownBy(this::connect)
				.havingRootCause()
				.withMessageContaining("refused");
			execute(connection, "SELECT 1");
			this.proxy.refuse(false);
			connect().close();
		}
	}

	private static Duration time(Connection connection) throws SQLException {
		long start = System.nanoTime();
		execute(connection, "SELECT 1");
		return Duration.ofNanos(System.nanoTime() - start);
	}

	private static void execute(Connection connection, String sql) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

	private Connection connect() throws SQLException {
		Account account = this.pair.accounts().application();
		Properties properties = new Properties();
		properties.setProperty("user", account.user());
		properties.setProperty("password", account.password());
		properties.setProperty("socketTimeout", "2000");
		Connection connection = new Driver().connect(this.proxy.url(this.pair.primary().jdbcUrl()), properties);
		if (connection == null) {
			throw new SQLException("No MySQL URL");
		}
		return connection;
	}

}
