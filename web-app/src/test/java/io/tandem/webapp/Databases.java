package io.tandem.webapp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

import io.tandem.cluster.mysql.Account;
import io.tandem.cluster.mysql.MySqlInstallation;
import io.tandem.cluster.mysql.MySqlNode;
import io.tandem.cluster.mysql.MySqlPair;

import org.springframework.util.FileSystemUtils;

/**
 * One pair of real MySQL servers for all tests of this module, started at first use and
 * ended with the JVM.
 */
public final class Databases {

	private static final MySqlPair PAIR = start();

	private Databases() {
	}

	/**
	 * Returns the pair with both nodes in their roles, whatever an earlier test did.
	 */
	public static MySqlPair healthy() {
		for (String name : MySqlPair.NODES) {
			if (!PAIR.node(name).isRunning()) {
				PAIR.node(name).start();
			}
		}
		PAIR.awaitReplicaCaughtUp(Duration.ofSeconds(20));
		return PAIR;
	}

	/**
	 * Waits until the replica has what was written so far.
	 */
	public static void awaitReplica() {
		PAIR.awaitReplicaCaughtUp(Duration.ofSeconds(20));
	}

	/**
	 * Asks a node for one value.
	 * @param node the node
	 * @param sql the query
	 * @return the value as text
	 */
	public static String query(MySqlNode node, String sql) {
		try (Connection connection = node.connect(PAIR.accounts().application());
				Statement statement = connection.createStatement();
				ResultSet result = statement.executeQuery(sql)) {
			return result.next() ? String.valueOf(result.getString(1)) : "";
		}
		catch (SQLException ex) {
			throw new IllegalStateException(sql, ex);
		}
	}

	/**
	 * Executes statements as the schema's owner on the primary.
	 * @param statements the statements
	 */
	public static void execute(String... statements) {
		Account owner = PAIR.accounts().owner();
		try (Connection connection = PAIR.primary().connect(owner);
				Statement statement = connection.createStatement()) {
			for (String sql : statements) {
				statement.execute(sql);
			}
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static MySqlPair start() {
		try {
			Path directory = Files.createTempDirectory("tandem-web-app-test");
			MySqlPair pair = MySqlPair.start(MySqlInstallation.locate(System.out::println), directory);
			Runtime.getRuntime().addShutdownHook(new Thread(() -> {
				pair.close();
				FileSystemUtils.deleteRecursively(directory.toFile());
			}));
			return pair;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
