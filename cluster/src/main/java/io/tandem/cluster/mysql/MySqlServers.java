package io.tandem.cluster.mysql;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.tandem.cluster.process.FreePorts;
import io.tandem.cluster.process.NodeException;
import io.tandem.cluster.process.Parallel;
import io.tandem.cluster.process.PrivateFiles;
import org.jspecify.annotations.Nullable;

/**
 * MySQL servers on loopback that keep the same data, one of them writable. A server comes
 * up read-only; what makes one writable is up to the kind of replication.
 */
public abstract sealed class MySqlServers implements AutoCloseable permits MySqlPair, MySqlGroup {

	private final Supplier<MySqlInstallation> installation;

	private final Layout layout;

	private final Accounts accounts;

	private final Map<String, MySqlNode> nodes = new LinkedHashMap<>();

	private final Thread lastResort = new Thread(this::killAll, "mysql-last-resort");

	MySqlServers(Supplier<MySqlInstallation> installation, Layout layout, List<String> names,
			Map<String, Integer> ports) throws IOException {
		this.installation = installation;
		this.layout = layout;
		PrivateFiles.directory(layout.directory());
		PrivateFiles.directory(layout.logs());
		this.accounts = Accounts.in(layout.accounts());
		if (!Files.exists(layout.primary())) {
			PrivateFiles.write(layout.primary(), names.getFirst());
		}
		names.forEach((name) -> this.nodes.put(name, new MySqlNode(this, name, ports.getOrDefault(name, 0), layout)));
		this.nodes.values().forEach(MySqlNode::adoptPort);
	}

	/**
	 * The servers whose data are in a directory: a group if it has ever been one, else a
	 * pair.
	 * @param installation where MySQL is, asked for only when a node is started
	 * @param directory the servers' own
	 * @param logs the directory of the log files
	 * @param ports a port for each node that is not running
	 * @param group whether to make a group of a pair that is not running
	 * @return the servers, as they are
	 * @throws IOException if the directory cannot be used
	 */
	public static MySqlServers at(Supplier<MySqlInstallation> installation, Path directory, Path logs,
			Map<String, Integer> ports, boolean group) throws IOException {
		return (group || isGroup(directory)) ? MySqlGroup.at(installation, directory, logs, ports)
				: MySqlPair.at(installation, directory, logs, ports);
	}

	/**
	 * Tells what a directory's servers are.
	 * @param directory the servers' own
	 * @return whether they are a replication group; not if there are none yet
	 */
	public static boolean isGroup(Path directory) {
		return Files.exists(new Layout(directory, directory).group());
	}

	/** Starts what is not running and returns when all nodes have their roles. */
	public abstract void startAll();

	/**
	 * Gives a node that accepts connections its place.
	 * @param node the node
	 * @throws NodeException if there is none for it; the message says what to do
	 */
	abstract void restoreRole(MySqlNode node);

	/** What the kind of replication wants of a node's my.cnf. */
	abstract String options(MySqlNode node);

	/**
	 * Asks a node for its state.
	 * @param node one of these
	 * @return its state, after a few seconds at most
	 */
	public abstract MySqlState state(MySqlNode node);

	/**
	 * Compares what a node is with what it should be.
	 * @param node one of these
	 * @param state what the node says
	 * @return whether it does its work
	 */
	public abstract boolean isWell(MySqlNode node, MySqlState state);

	/**
	 * Names the role of a node that is not running.
	 * @param node one of these
	 * @return what it will be, as far as that is known
	 */
	public abstract String expectedRole(MySqlNode node);

	/**
	 * Makes a node the primary while all work, in order: no acknowledged write is lost,
	 * and at no time are two nodes writable.
	 * @param node the new primary
	 * @param progress hears what is being done, one line each
	 * @throws NodeException if that is not possible; all is as before then
	 */
	public abstract void promote(MySqlNode node, Consumer<String> progress);

	/**
	 * Makes a node the primary though the present one is dead or hangs.
	 * @param node the new primary
	 * @param acceptLoss whether to go on if the node lacks transactions that clients may
	 * have been told are saved
	 * @param progress hears what is being done and what is lost, one line each
	 * @throws NodeException if it lacks some, or the primary is well; the message says
	 * how many and what to do
	 */
	public abstract void promoteForcibly(MySqlNode node, boolean acceptLoss, Consumer<String> progress);

	/** The node that is writable, or is to be once it runs. */
	public MySqlNode primary() {
		try {
			return node(Files.readString(this.layout.primary()).strip());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** The nodes that follow the primary, running or not. */
	public List<MySqlNode> replicas() {
		MySqlNode primary = primary();
		return nodes().stream().filter((node) -> !node.equals(primary)).toList();
	}

	void recordPrimary(MySqlNode node) {
		try {
			PrivateFiles.write(this.layout.primary(), node.name());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** All nodes, in the order of their names. */
	public List<MySqlNode> nodes() {
		return List.copyOf(this.nodes.values());
	}

	/**
	 * Gives one node.
	 * @param name such as {@code mysql-1}
	 * @return the node
	 */
	public MySqlNode node(String name) {
		@Nullable MySqlNode node = this.nodes.get(name);
		if (node == null) {
			throw new IllegalArgumentException("No node '" + name + "', only " + this.nodes.keySet());
		}
		return node;
	}

	public Accounts accounts() {
		return this.accounts;
	}

	Layout layout() {
		return this.layout;
	}

	MySqlInstallation installation() {
		return this.installation.get();
	}

	/** Gives a data directory to each node that has none. */
	void prepare(List<MySqlNode> nodes) {
		List<String> names = nodes.stream().map(MySqlNode::name).toList();
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

	/**
	 * Waits until every replica that runs has applied everything that the primary has
	 * committed by now.
	 * @param atMost how long, for each
	 * @throws NodeException if it takes longer
	 */
	public void awaitReplicaCaughtUp(Duration atMost) {
		MySqlNode primary = primary();
		for (MySqlNode replica : nodes()) {
			if (!replica.equals(primary) && replica.isRunning()) {
				try {
					Replication.awaitCaughtUp(replica, primary, atMost);
				}
				catch (SQLException ex) {
					throw new NodeException(replica.name(), "cannot be compared with its source: " + ex.getMessage(),
							null, ex);
				}
			}
		}
	}

	/**
	 * Replaces a node's data by a copy of the primary's and gives the node its place. Its
	 * old data are put aside until the next time.
	 * @param node a node that is not the primary
	 * @param progress hears what is being done, one line each
	 * @throws NodeException if there is no primary to copy
	 */
	public void reclone(MySqlNode node, Consumer<String> progress) {
		new Clone(this, progress).replace(node);
	}

	/** Starts all nodes on free ports; they end with this JVM at the latest. */
	void startUntilThisJvmEnds() {
		// Left by a JVM that was killed, on ports of its own choice.
		killAll();
		Iterator<Integer> free = FreePorts.several(this.nodes.size()).iterator();
		this.nodes.values().forEach((node) -> node.usePort(free.next()));
		Runtime.getRuntime().addShutdownHook(this.lastResort);
		startAll();
	}

	/** Stops all nodes in order. */
	public void stopAll() {
		Parallel.forEach(nodes(), MySqlNode::stop);
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

	void killAll() {
		nodes().forEach(MySqlNode::kill);
	}

}
