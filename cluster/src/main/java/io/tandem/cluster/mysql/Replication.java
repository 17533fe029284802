package io.tandem.cluster.mysql;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import io.tandem.cluster.process.NodeException;
import io.tandem.cluster.process.NodeProcess;

/**
 * The statements that make a node a primary or a replica, and tell which it is.
 */
final class Replication {

	private static final Duration CONNECTED_WITHIN = Duration.ofSeconds(20);

	private Replication() {
	}

	static boolean isWritable(MySqlNode node) throws SQLException {
		try (Session session = node.session()) {
			return session.isWritable();
		}
	}

	/**
	 * Makes a node writable, which follows nobody from then on, and creates the schema if
	 * it is missing.
	 */
	static void makePrimary(MySqlNode node) throws SQLException {
		try (Session session = node.session()) {
			makePrimary(session);
		}
	}

	static void makePrimary(Session session) throws SQLException {
		boolean followed = !session.replicaStatus().isEmpty();
		if (followed) {
			session.execute("STOP REPLICA");
		}
		session.execute("SET GLOBAL super_read_only = OFF, GLOBAL read_only = OFF");
		if (followed) {
			session.execute("RESET REPLICA ALL");
		}
		createSchema(session);
	}

	static void createSchema(Session session) throws SQLException {
		String schemas = session
			.value("SELECT COUNT(*) FROM information_schema.schemata WHERE schema_name = '" + Accounts.SCHEMA + "'");
		if ("0".equals(schemas)) {
			session.execute("CREATE DATABASE " + Accounts.SCHEMA);
		}
	}

	/**
	 * Makes a node follow another one, from wherever it is, unless it has transactions
	 * that the other lacks: then it follows nobody. Nor does it follow for the first time
	 * a node that does not answer.
	 * @param node the replica
	 * @param source the node to follow; it need not be running
	 * @param account the account that may replicate
	 * @param authority the certificate that the source's must be signed with
	 * @return the transactions that keep the node from following; empty if there are none
	 */
	static String follow(MySqlNode node, MySqlNode source, Account account, Path authority) throws SQLException {
		Optional<String> own = lacking(node, source);
		try (Session session = node.session()) {
			boolean follows = session
				.value("SELECT port FROM performance_schema.replication_connection_configuration"
						+ " WHERE channel_name = ''")
				.equals(Integer.toString(source.port()));
			if (own.filter((transactions) -> !transactions.isEmpty()).isPresent()) {
				session.execute("STOP REPLICA", "RESET REPLICA ALL");
				return own.get();
			}
			if (!follows && own.isEmpty()) {
				return "";
			}
			if (!follows) {
				point(session, source, account, authority);
			}
			session.execute("START REPLICA");
			return "";
		}
	}

	/** Says whom a node is to follow when its replication starts. */
	static void point(Session replica, MySqlNode source, Account account, Path authority) throws SQLException {
		replica.execute("STOP REPLICA", """
				CHANGE REPLICATION SOURCE TO SOURCE_HOST='127.0.0.1', SOURCE_PORT=%d, SOURCE_USER='%s',
				SOURCE_PASSWORD='%s', SOURCE_AUTO_POSITION=1, SOURCE_SSL=1, SOURCE_SSL_CA='%s',
				SOURCE_CONNECT_RETRY=1, SOURCE_RETRY_COUNT=86400""".formatted(source.port(), account.user(),
				account.password(), quoted(authority)));
	}

	/** A path inside of a statement's quotes. */
	static String quoted(Path path) {
		return path.toString().replace("\\", "\\\\").replace("'", "''");
	}

	/**
	 * Compares two nodes.
	 * @return the transactions that the first has and the second lacks; nothing if the
	 * second does not answer
	 */
	static Optional<String> lacking(MySqlNode node, MySqlNode source) {
		if (!source.answers()) {
			return Optional.empty();
		}
		try (Session session = node.session(); Session other = source.session()) {
			return Optional.of(other.missing(session.executed()));
		}
		catch (SQLException ex) {
			return Optional.empty();
		}
	}

	/** Waits until a replica is connected to its source and applies what it gets. */
	static void awaitReplicating(MySqlNode node) throws SQLException {
		long deadline = System.nanoTime() + CONNECTED_WITHIN.toNanos();
		Map<String, String> status = Map.of();
		while (System.nanoTime() < deadline) {
			try (Session session = node.session()) {
				status = session.replicaStatus();
			}
			if (isReplicating(status)) {
				return;
			}
			NodeProcess.pause(Duration.ofMillis(50));
		}
		throw new NodeException(node.name(), "does not replicate: " + status.getOrDefault("Last_IO_Error", "") + " "
				+ status.getOrDefault("Last_SQL_Error", ""), node.log(), null);
	}

	/** Waits until a replica has applied all that its source has committed by now. */
	static void awaitCaughtUp(MySqlNode replica, MySqlNode source, Duration atMost) throws SQLException {
		String committed;
		try (Session session = source.session()) {
			committed = session.executed();
		}
		try (Session session = replica.session(atMost.plusSeconds(5))) {
			if (session.awaitExecuted(committed, atMost)) {
				return;
			}
		}
		throw new NodeException(replica.name(),
				"has not caught up with " + source.name() + " within " + atMost.toMillis() + " ms", replica.log(),
				null);
	}

	/** Asks a node for its state; the answer is never late by more than a few seconds. */
	static MySqlState state(MySqlNode node) {
		if (!node.isRunning()) {
			return MySqlState.unknown("not running");
		}
		try (Session session = node.session()) {
			if (session.isWritable()) {
				return new MySqlState(MySqlState.Role.PRIMARY, Optional.of(isSemiSynchronous(session)),
						Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
			}
			Map<String, String> status = session.replicaStatus();
			if (status.isEmpty()) {
				return new MySqlState(MySqlState.Role.READ_ONLY, Optional.empty(), Optional.empty(), Optional.empty(),
						Optional.empty(), Optional.of("refuses writes and follows nobody"));
			}
			return replicaState(status);
		}
		catch (SQLException ex) {
			return MySqlState.unknown("does not answer: " + ex.getMessage());
		}
	}

	/** The status stays ON without a replica until the next write has waited in vain. */
	private static boolean isSemiSynchronous(Session session) throws SQLException {
		return "ON".equals(globalStatus(session, "Rpl_semi_sync_source_status"))
				&& !"0".equals(globalStatus(session, "Rpl_semi_sync_source_clients"));
	}

	private static String globalStatus(Session session, String name) throws SQLException {
		return session
			.value("SELECT variable_value FROM performance_schema.global_status WHERE variable_name = '" + name + "'");
	}

	private static boolean isReplicating(Map<String, String> status) {
		return "Yes".equals(status.get("Replica_IO_Running")) && "Yes".equals(status.get("Replica_SQL_Running"));
	}

	private static MySqlState replicaState(Map<String, String> status) {
		boolean replicating = isReplicating(status);
		String lag = status.getOrDefault("Seconds_Behind_Source", "");
		String error = (status.getOrDefault("Last_IO_Error", "") + " " + status.getOrDefault("Last_SQL_Error", ""))
			.strip();
		return new MySqlState(MySqlState.Role.REPLICA, Optional.empty(), Optional.of(replicating),
				lag.isEmpty() ? Optional.empty() : Optional.of(Duration.ofSeconds(Long.parseLong(lag))),
				Optional.empty(),
				replicating ? Optional.empty() : Optional.of(error.isEmpty() ? "does not replicate" : error));
	}

}
