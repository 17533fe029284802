package io.tandem.dbrouter;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tandem.cluster.mysql.MySqlNode;
import io.tandem.cluster.mysql.MySqlPair;
import io.tandem.dbrouter.app.NoteApplication;
import org.awaitility.Awaitility;

import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;

/** Two instances of the application on one pair of servers. */
final class TwoInstances implements AutoCloseable {

	static final String SECRET = "db-router.consistency.token.secret=only-for-these-tests-0123456789abcdef";

	final MySqlPair pair;

	final ConfigurableApplicationContext one;

	final ConfigurableApplicationContext two;

	TwoInstances(MySqlPair pair, String... properties) {
		this.pair = pair;
		List<String> all = new ArrayList<>(List.of(properties));
		all.add(SECRET);
		this.one = NoteApplication.start(this.pair, WebApplicationType.SERVLET, all.toArray(String[]::new));
		this.two = NoteApplication.start(this.pair, WebApplicationType.SERVLET, all.toArray(String[]::new));
	}

	/** A read lock on the replica: it answers as before but applies nothing. */
	AutoCloseable holdReplica() throws SQLException {
		Connection connection = this.pair.replica().connect(this.pair.accounts().admin());
		try (Statement statement = connection.createStatement()) {
			statement.execute("FLUSH TABLES WITH READ LOCK");
		}
		return connection;
	}

	void execute(MySqlNode node, String sql) throws SQLException {
		try (Connection connection = node.connect(this.pair.accounts().admin());
				Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

	static double count(ConfigurableApplicationContext instance, String meter, String outcome) {
		Counter counter = instance.getBean(MeterRegistry.class).find(meter).tag("outcome", outcome).counter();
		return (counter != null) ? counter.count() : -1;
	}

	static void eventually(Runnable assertion) {
		Awaitility.await().atMost(Duration.ofSeconds(20)).ignoreExceptions().untilAsserted(assertion::run);
	}

	@Override
	public void close() {
		this.two.close();
		this.one.close();
	}

}
