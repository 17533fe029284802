package io.tandem.cluster.mysql;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.tandem.cluster.process.NodeException;
import io.tandem.cluster.process.NodeProcess;
import io.tandem.cluster.process.PrivateFiles;
import org.jspecify.annotations.Nullable;

/**
 * Replaces a node's data by a copy of the primary's, taken while the primary works.
 */
final class Clone {

	private static final Duration COPIED_WITHIN = Duration.ofMinutes(30);

	private static final Duration ENDED_WITHIN = Duration.ofSeconds(30);

	private final MySqlServers servers;

	private final Consumer<String> progress;

	Clone(MySqlServers servers, Consumer<String> progress) {
		this.servers = servers;
		this.progress = progress;
	}

	void replace(MySqlNode node) {
		MySqlNode donor = this.servers.primary();
		if (node.equals(donor)) {
			throw new NodeException(node.name(), "is the primary: there is nothing it could be a copy of", null, null);
		}
		if (this.servers.state(donor).role() != MySqlState.Role.PRIMARY) {
			throw new NodeException(node.name(),
					"cannot be made a copy of " + donor.name() + ", which is not running as primary. Its data are"
							+ " untouched. First: ./tandem start " + donor.name(),
					null, null);
		}
		putDataAside(node);
		this.progress.accept("copying the data of " + donor.name() + " to " + node.name());
		startEmpty(node);
		copy(donor, node);
		node.launch();
		node.awaitReady();
		requireComplete(node, donor);
		this.servers.restoreRole(node);
	}

	private void putDataAside(MySqlNode node) {
		Path data = this.servers.layout().data(node.name());
		Path aside = this.servers.layout().putAside(node.name());
		try {
			node.kill();
			if (Files.isDirectory(data)) {
				PrivateFiles.delete(aside);
				Files.move(data, aside, StandardCopyOption.ATOMIC_MOVE);
				this.progress.accept("putting the old data of " + node.name() + " aside: " + aside);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void startEmpty(MySqlNode node) {
		this.servers.prepare(List.of(node));
		node.launch();
		node.awaitReady();
	}

	private void copy(MySqlNode donor, MySqlNode node) {
		Account account = this.servers.accounts().replication();
		try (Session session = node.session(COPIED_WITHIN)) {
			// Still read_only: of all accounts only the administrator may write.
			session.execute("SET GLOBAL super_read_only = OFF",
					"SET GLOBAL clone_valid_donor_list = '127.0.0.1:" + donor.port() + "'");
			session.execute("CLONE INSTANCE FROM '" + account.user() + "'@'127.0.0.1':" + donor.port()
					+ " IDENTIFIED BY '" + account.password() + "' REQUIRE SSL");
		}
		catch (SQLException ex) {
			// A copied server ends in order to start anew, and cannot do so itself.
			if (!awaitEnd(node)) {
				node.kill();
				throw failed(node, donor, ex.getMessage(), ex);
			}
		}
		// Its process has left a pid file behind.
		node.kill();
	}

	private static void requireComplete(MySqlNode node, MySqlNode donor) {
		try (Session session = node.session()) {
			Map<String, String> result = session
				.row("SELECT state AS state, error_message AS error FROM performance_schema.clone_status");
			if (!"Completed".equals(result.get("state"))) {
				throw failed(node, donor, result.getOrDefault("error", "it ended early"), null);
			}
		}
		catch (SQLException ex) {
			throw failed(node, donor, ex.getMessage(), ex);
		}
	}

	private static NodeException failed(MySqlNode node, MySqlNode donor, @Nullable String why,
			@Nullable Throwable cause) {
		return new NodeException(node.name(), "could not be made a copy of " + donor.name() + ": " + why
				+ ". Try again: ./tandem start " + node.name() + " --reclone", node.log(), cause);
	}

	private static boolean awaitEnd(MySqlNode node) {
		long deadline = System.nanoTime() + ENDED_WITHIN.toNanos();
		while (node.isRunning() && System.nanoTime() < deadline) {
			NodeProcess.pause(Duration.ofMillis(50));
		}
		return !node.isRunning();
	}

}
