package io.tandem.cluster.mysql;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.tandem.cluster.process.NodeException;
import io.tandem.cluster.process.Parallel;

/**
 * mysql-1 and mysql-2: a primary and its replica, GTID, semi-synchronous, on loopback.
 * Which of them is the primary is recorded on the disk; a node comes up read-only and
 * only the recorded primary is then made writable.
 */
public final class MySqlPair extends MySqlServers {

	/** The nodes' names. */
	public static final List<String> NODES = List.of("mysql-1", "mysql-2");

	/** Off since a forced promotion has left a primary without a replica. */
	private static final String WAIT_FOR_REPLICA = "SET GLOBAL rpl_semi_sync_source_wait_no_replica = ON";

	/** Containers have nearly the same: {@code ops/mysql/tandem.cnf}. */
	static final String OPTIONS = """
			# Both plugins on both nodes, so that either can take either role.
			plugin_load_add = semisync_source.so
			plugin_load_add = semisync_replica.so
			loose_rpl_semi_sync_source_enabled = ON
			loose_rpl_semi_sync_replica_enabled = ON
			loose_rpl_semi_sync_source_wait_point = AFTER_SYNC
			# docs/adr/0001-semi-synchronous-timeout.md
			loose_rpl_semi_sync_source_timeout = 1000
			# A forced promotion reads from the log whether replication was semi-synchronous to the end.
			log_error_verbosity = 3
			# One line for each client that leaves without a word.
			log_error_suppression_list = 'MY-010914,MY-013730'
			""";

	private MySqlPair(Supplier<MySqlInstallation> installation, Layout layout, Map<String, Integer> ports)
			throws IOException {
		super(installation, layout, NODES, ports);
	}

	/**
	 * Starts both nodes on free ports; they end with this JVM at the latest.
	 * @param installation where MySQL is
	 * @param directory the pair's own: new data, or data that an earlier pair left there
	 * @return the pair, replicating
	 */
	public static MySqlPair start(MySqlInstallation installation, Path directory) {
		try {
			MySqlPair pair = at(() -> installation, directory, directory.resolve("logs"), Map.of());
			pair.startUntilThisJvmEnds();
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
	 * fails. A replica that must not follow the primary is left alone.
	 */
	@Override
	public void startAll() {
		List<MySqlNode> started = nodes().stream().filter((node) -> !node.isRunning()).toList();
		try {
			prepare(nodes());
			nodes().forEach(MySqlNode::launch);
			Parallel.forEach(nodes(), MySqlNode::awaitReady);
			// The replica first: a primary without one waits for an acknowledgement in
			// vain.
			boolean attached = attach(replica(), primary()).isEmpty();
			restoreRole(primary());
			if (attached) {
				Replication.awaitReplicating(replica());
				Replication.awaitCaughtUp(replica(), primary(), Duration.ofSeconds(60));
			}
		}
		catch (SQLException | RuntimeException ex) {
			started.forEach(MySqlNode::kill);
			throw (ex instanceof RuntimeException unchecked) ? unchecked
					: new NodeException(replica().name(), "cannot replicate: " + ex.getMessage(), replica().log(), ex);
		}
	}

	@Override
	void prepare(List<MySqlNode> nodes) {
		MySqlNode primary = primary();
		if (nodes.contains(primary) && !hasData(primary) && hasData(replica())) {
			throw new NodeException(primary.name(),
					"is the recorded primary, but its data are gone, while " + replica().name()
							+ " has some. Go on with those: ./tandem start " + replica().name()
							+ ", then ./tandem promote " + replica().name() + " --force",
					null, null);
		}
		super.prepare(nodes);
	}

	private boolean hasData(MySqlNode node) {
		return Files.isDirectory(layout().data(node.name()));
	}

	@Override
	void restoreRole(MySqlNode node) {
		try {
			if (!node.equals(primary())) {
				String own = attach(node, primary());
				if (!own.isEmpty()) {
					throw new NodeException(node.name(), diverged(node, primary(), own), null, null);
				}
				return;
			}
			MySqlNode other = replica();
			if (other.isRunning() && Replication.isWritable(other)) {
				throw new NodeException(node.name(),
						"stays read-only, although it is the recorded primary: " + other.name() + " is writable", null,
						null);
			}
			if (other.isRunning()) {
				// This node may have a new port. If the other must not follow it, the
				// status says so.
				attach(other, node);
			}
			Replication.makePrimary(node);
		}
		catch (SQLException ex) {
			throw new NodeException(node.name(), "its role could not be restored: " + ex.getMessage(), node.log(), ex);
		}
	}

	/** Gives what keeps the node from following: transactions that its source lacks. */
	String attach(MySqlNode node, MySqlNode source) throws SQLException {
		String own = Replication.follow(node, source, accounts().replication(), authority());
		if (own.isEmpty() && source.answers()) {
			try (Session session = source.session()) {
				session.execute(WAIT_FOR_REPLICA);
			}
		}
		return own;
	}

	/** Lets a node follow another one whose data are the same. */
	void turn(Session replica, MySqlNode source, Session atSource) throws SQLException {
		Replication.point(replica, source, accounts().replication(), authority());
		replica.execute("START REPLICA");
		atSource.execute(WAIT_FOR_REPLICA);
	}

	private Path authority() {
		return layout().tls().resolve("ca.pem");
	}

	private static String diverged(MySqlNode node, MySqlNode primary, String own) {
		return "is read-only and follows nobody: it has " + Gtids.counted(own) + " that " + primary.name() + " lacks ("
				+ own + "). Give them up and take a copy of " + primary.name() + "'s data: ./tandem start "
				+ node.name() + " --reclone";
	}

	@Override
	String options(MySqlNode node) {
		return OPTIONS;
	}

	@Override
	public void promote(MySqlNode node, Consumer<String> progress) {
		new PairPromotion(this, progress).planned(node);
	}

	@Override
	public void promoteForcibly(MySqlNode node, boolean acceptLoss, Consumer<String> progress) {
		new PairPromotion(this, progress).forced(node, acceptLoss);
	}

	/** The node that is not the recorded primary. */
	public MySqlNode replica() {
		return replicas().getFirst();
	}

	@Override
	public MySqlState state(MySqlNode node) {
		MySqlState state = Replication.state(node);
		MySqlNode primary = primary();
		if (state.role() == MySqlState.Role.PRIMARY && node.equals(primary)) {
			new CommittedRecord(layout().committed()).write(node);
		}
		if (state.role() != MySqlState.Role.READ_ONLY || node.equals(primary)) {
			return state;
		}
		return Replication.lacking(node, primary)
			.filter((own) -> !own.isEmpty())
			.map((own) -> state.withProblem(Gtids.counted(own) + " that " + primary.name() + " lacks; ./tandem start "
					+ node.name() + " --reclone"))
			.orElse(state);
	}

	@Override
	public boolean isWell(MySqlNode node, MySqlState state) {
		return state.isHealthy() && (state.role() == MySqlState.Role.PRIMARY) == node.equals(primary());
	}

	@Override
	public String expectedRole(MySqlNode node) {
		return node.equals(primary()) ? "primary" : "replica";
	}

}
