package io.tandem.cluster.mysql;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import io.tandem.cluster.process.FreePorts;
import io.tandem.cluster.process.NodeException;
import io.tandem.cluster.process.PrivateFiles;
import org.jspecify.annotations.Nullable;

/**
 * mysql-1 and mysql-2: a primary and its replica, GTID, semi-synchronous, on loopback.
 * Which of them is the primary is recorded on the disk; a node comes up read-only and
 * only the recorded primary is then made writable.
 */
public final class MySqlPair implements AutoCloseable {

	/** The nodes' names. */
	public static final List<String> NODES = List.of("mysql-1", "mysql-2");

	private final Supplier<MySqlInstallation> installation;

	private final Layout layout;

	private final Accounts accounts;

	private final Map<String, MySqlNode> nodes;

	private final Thread lastResort = new Thread(this::killAll, "mysql-pair-last-resort");

	private MySqlPair(Supplier<MySqlInstallation> installation, Layout layout, Map<String, Integer> ports)
			throws IOException {
		this.installation = installation;
		this.layout = layout;
		PrivateFiles.directory(layout.directory());
		PrivateFiles.directory(layout.logs());
		this.accounts = Accounts.in(layout.accounts());
		if (!Files.exists(layout.primary())) {
			PrivateFiles.write(layout.primary(), NODES.getFirst());
		}
		this.nodes = NODES.stream()
			.collect(Collectors.toMap((name) -> name,
					(name) -> new MySqlNode(this, name, ports.getOrDefault(name, 0), layout)));
		this.nodes.values().forEach(MySqlNode::adoptPort);
	}

	/**
	 * Starts both nodes on free ports; they end with this JVM at the latest.
	 * @param installation where MySQL is
	 * @param directory the pair's own: new data, or data that an earlier pair left there
	 * @return the pair, replicating
	 */
	public static MySqlPair start(MySqlInstallation installation, Path directory) {
		List<Integer> free = FreePorts.several(NODES.size());
		Map<String, Integer> ports = Map.of(NODES.getFirst(), free.getFirst(), NODES.getLast(), free.getLast());
		try {
			MySqlPair pair = at(() -> installation, directory, directory.resolve("logs"), ports);
			// Left by a JVM that was killed: on ports of its own choice.
			pair.killAll();
			pair.nodes.values().forEach((node) -> node.usePort(ports.getOrDefault(node.name(), 0)));
			Runtime.getRuntime().addShutdownHook(pair.lastResort);
			pair.startAll();
			return pair;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * A pair whose nodes may be running already, started by another process.
	 * @param installation where MySQL is, asked for only when a node is started
	 * @param directory the pair's own
	 * @param logs the directory of the log files
	 * @param ports a port for each node that is not running
	 * @return the pair, as it is
	 * @throws IOException if the directory cannot be used
	 */
	public static MySqlPair at(Supplier<MySqlInstallation> installation, Path directory, Path logs,
			Map<String, Integer> ports) throws IOException {
		return new MySqlPair(installation, new Layout(directory.toAbsolutePath(), logs.toAbsolutePath()), ports);
	}

	/**
	 * Starts what is not running and restores both roles; ends what it started if that
	 * fails.
	 */
	public void startAll() {
		List<MySqlNode> started = NODES.stream().map(this::node).filter((node) -> !node.isRunning()).toList();
		try {
			prepare(NODES);
			NODES.stream().map(this::node).forEach(MySqlNode::launch);
			inParallel(MySqlNode::awaitReady);
			// The replica first: a primary without one waits for an acknowledgement in
			// vain.
			restoreRole(replica());
			restoreRole(primary());
			Replication.awaitReplicating(replica());
			Replication.awaitCaughtUp(replica(), primary(), Duration.ofSeconds(60));
		}
		catch (SQLException | RuntimeException ex) {
			started.forEach(MySqlNode::kill);
			throw (ex instanceof RuntimeException unchecked) ? unchecked
					: new NodeException(replica().name(), "cannot replicate: " + ex.getMessage(), replica().log(), ex);
		}
	}

	void prepare(List<String> names) {
		try {
			if (names.stream().anyMatch((name) -> !Files.isDirectory(this.layout.data(name)))) {
				new DataDirectories(installation(), this.accounts, this.layout).prepare(names);
			}
		}
		catch (IOException ex) {
			throw new NodeException(names.getFirst(), "its data directory cannot be written: " + ex.getMessage(), null,
					ex);
		}
	}

	void restoreRole(MySqlNode node) {
		try {
			if (!node.equals(primary())) {
				Replication.follow(node, primary(), this.accounts.replication(), this.layout.tls().resolve("ca.pem"));
				return;
			}
			MySqlNode other = replica();
			if (other.isRunning() && Replication.isWritable(other)) {
				throw new NodeException(node.name(),
						"stays read-only, although it is the recorded primary: " + other.name() + " is writable", null,
						null);
			}
			if (other.isRunning()) {
				// This node may have a new port.
				Replication.follow(other, node, this.accounts.replication(), this.layout.tls().resolve("ca.pem"));
			}
			Replication.makePrimary(node);
		}
		catch (SQLException ex) {
			throw new NodeException(node.name(), "its role could not be restored: " + ex.getMessage(), node.log(), ex);
		}
	}

	/** The node that is recorded as the primary, running or not. */
	public MySqlNode primary() {
		try {
			return node(Files.readString(this.layout.primary()).strip());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** The other node. */
	public MySqlNode replica() {
		MySqlNode primary = primary();
		return NODES.stream()
			.map(this::node)
			.filter((node) -> !node.equals(primary))
			.findFirst()
			.orElseThrow(IllegalStateException::new);
	}

	/**
	 * Gives one node.
	 * @param name {@code mysql-1} or {@code mysql-2}
	 * @return the node
	 */
	public MySqlNode node(String name) {
		@Nullable MySqlNode node = this.nodes.get(name);
		if (node == null) {
			throw new IllegalArgumentException("No node '" + name + "', only " + NODES);
		}
		return node;
	}

	public Accounts accounts() {
		return this.accounts;
	}

	/**
	 * Waits until the replica has applied everything that the primary has committed by
	 * now.
	 * @param atMost how long
	 * @throws NodeException if it takes longer
	 */
	public void awaitReplicaCaughtUp(Duration atMost) {
		try {
			Replication.awaitCaughtUp(replica(), primary(), atMost);
		}
		catch (SQLException ex) {
			throw new NodeException(replica().name(), "cannot be compared with its source: " + ex.getMessage(), null,
					ex);
		}
	}

	/**
	 * Asks a node for its state.
	 * @param node one of the pair's
	 * @return its state, after a few seconds at most
	 */
	public MySqlState state(MySqlNode node) {
		return Replication.state(node);
	}

	MySqlInstallation installation() {
		return this.installation.get();
	}

	/** Stops both nodes in order. */
	public void stopAll() {
		inParallel(MySqlNode::stop);
	}

	@Override
	public void close() {
		stopAll();
		try {
			Runtime.getRuntime().removeShutdownHook(this.lastResort);
		}
		catch (IllegalStateException ex) {
			// The JVM is shutting down already.
		}
	}

	private void killAll() {
		this.nodes.values().forEach(MySqlNode::kill);
	}

	private void inParallel(java.util.function.Consumer<MySqlNode> work) {
		try {
			CompletableFuture
				.allOf(this.nodes.values()
					.stream()
					.map((node) -> CompletableFuture.runAsync(() -> work.accept(node),
							(task) -> Thread.ofVirtual().start(task)))
					.toArray(CompletableFuture[]::new))
				.join();
		}
		catch (CompletionException ex) {
			throw (ex.getCause() instanceof RuntimeException cause) ? cause : ex;
		}
	}

}
