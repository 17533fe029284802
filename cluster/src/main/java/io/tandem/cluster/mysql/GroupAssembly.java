package io.tandem.cluster.mysql;

import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import io.tandem.cluster.process.NodeException;
import io.tandem.cluster.process.NodeProcess;
import io.tandem.cluster.process.Parallel;

/**
 * Brings the members of a group together. Where a part of them still works as a group,
 * the others join it. Where none does, a new group begins with the member that has every
 * transaction, which is known only if all can be asked.
 */
final class GroupAssembly {

	private static final Duration ONLINE_WITHIN = Duration.ofSeconds(90);

	private static final Duration JOINED_WITHIN = Duration.ofSeconds(60);

	private static final Duration RETURNS_WITHIN = Duration.ofSeconds(10);

	private static final Duration APPLIED_WITHIN = Duration.ofSeconds(30);

	private static final Duration LOSS_NOTICED_WITHIN = Duration.ofSeconds(20);

	private final MySqlGroup group;

	GroupAssembly(MySqlGroup group) {
		this.group = group;
	}

	/** Brings all nodes together, which are running. */
	void assemble() {
		if (isAnyWorking()) {
			Parallel.forEach(this.group.nodes(), this::join);
			return;
		}
		rebuild();
	}

	/**
	 * Takes one more node in, or begins a new group if it was the last that was missing.
	 */
	void admit(MySqlNode node) {
		if (isAnyWorking()) {
			join(node);
			return;
		}
		List<String> silent = this.group.nodes()
			.stream()
			.filter((each) -> !each.answers())
			.map(MySqlNode::name)
			.toList();
		if (!silent.isEmpty()) {
			throw new NodeException(node.name(), "runs read-only and waits: no part of its group has a majority, and"
					+ " a new group begins only when all three can be asked which has every transaction. Missing: "
					+ String.join(", ", silent) + ". Start them: ./tandem up (a hanging one first: ./tandem kill NODE)",
					null, null);
		}
		rebuild();
	}

	/**
	 * Whether a part of the group works. A member's word is taken when most of those that
	 * it knows of say that they take part: if they have just died, it does not know yet,
	 * and that is waited for.
	 */
	boolean isAnyWorking() {
		long deadline = System.nanoTime() + LOSS_NOTICED_WITHIN.toNanos();
		while (true) {
			List<Member> taking = this.group.nodes()
				.stream()
				.flatMap((node) -> this.group.member(node).stream())
				.filter((member) -> member.works() || member.isJoining())
				.toList();
			List<Member> working = taking.stream().filter(Member::works).toList();
			if (working.isEmpty() || working.stream().anyMatch((member) -> taking.size() * 2 > member.size())
					|| System.nanoTime() > deadline) {
				return !working.isEmpty();
			}
			NodeProcess.pause(Duration.ofMillis(200));
		}
	}

	private void rebuild() {
		Parallel.forEach(this.group.nodes(), this::leave);
		MySqlNode first = mostAdvanced();
		bootstrap(first);
		Parallel.forEach(this.group.nodes().stream().filter((node) -> !node.equals(first)).toList(), this::join);
	}

	/** Ends a membership in what is no group any more, keeping what was received. */
	void leave(MySqlNode node) {
		Optional<Member> member = this.group.member(node);
		if (member.isEmpty()) {
			throw new NodeException(node.name(), "does not answer, so nobody knows what it has. First: ./tandem kill "
					+ node.name() + ", then ./tandem up", node.log(), null);
		}
		if (member.get().isOutside()) {
			return;
		}
		awaitApplied(node);
		// STOP GROUP_REPLICATION would wait for a rejoin in progress, 20 s and more.
		node.kill();
		node.launch();
		node.awaitReady();
	}

	private static void awaitApplied(MySqlNode node) {
		try (Session session = node.session(APPLIED_WITHIN.plusSeconds(5))) {
			session.awaitExecuted(session.received("group_replication_applier"), APPLIED_WITHIN);
		}
		catch (SQLException ex) {
			throw failed(node, ex);
		}
	}

	private MySqlNode mostAdvanced() {
		Map<MySqlNode, String> transactions = new LinkedHashMap<>();
		MySqlNode recorded = this.group.primary();
		// Of equals the one that was the primary.
		for (MySqlNode node : this.group.nodes()
			.stream()
			.sorted((left, right) -> Boolean.compare(right.equals(recorded), left.equals(recorded)))
			.toList()) {
			try (Session session = node.session()) {
				transactions.put(node, session.executedOrReceived());
			}
			catch (SQLException ex) {
				throw failed(node, ex);
			}
		}
		requireNoneLost(transactions);
		return transactions.entrySet()
			.stream()
			.filter((entry) -> transactions.values()
				.stream()
				.allMatch((other) -> contains(entry.getKey(), entry.getValue(), other)))
			.map(Map.Entry::getKey)
			.findFirst()
			.orElseThrow(() -> new NodeException(recorded.name(),
					"the group does not begin anew, for no node has every transaction: "
							+ transactions.entrySet()
								.stream()
								.map((entry) -> entry.getKey().name() + " has " + entry.getValue())
								.collect(Collectors.joining("; "))
							+ ". Choose the one to go on with: ./tandem promote NODE --force --accept-loss, then"
							+ " ./tandem start OTHER --reclone",
					null, null));
	}

	/**
	 * A member without data may have been the one that had what the others lack, unless
	 * the group has never worked.
	 */
	private void requireNoneLost(Map<MySqlNode, String> transactions) {
		if (transactions.values().stream().noneMatch((set) -> set.contains(this.group.name()))) {
			return;
		}
		transactions.forEach((node, set) -> {
			if (set.isEmpty()) {
				throw new NodeException(node.name(), "its data is lost, so nobody knows which node has every"
						+ " transaction. Choose the one to go on with: ./tandem promote NODE --force --accept-loss",
						null, null);
			}
		});
	}

	private static boolean contains(MySqlNode node, String all, String transactions) {
		try (Session session = node.session()) {
			return session.missing(transactions, all).isEmpty();
		}
		catch (SQLException ex) {
			throw failed(node, ex);
		}
	}

	/** Begins a new group with one member, the only place where that is done. */
	void bootstrap(MySqlNode node) {
		try (Session session = node.session(JOINED_WITHIN)) {
			setUp(session);
			session.execute("SET GLOBAL group_replication_bootstrap_group = ON");
			try {
				session.execute("START GROUP_REPLICATION");
			}
			finally {
				session.execute("SET GLOBAL group_replication_bootstrap_group = OFF");
			}
		}
		catch (SQLException ex) {
			throw failed(node, ex);
		}
		this.group.recordPrimary(node);
		awaitOnline(node);
		try (Session session = node.session()) {
			awaitWritable(node, session);
			Replication.createSchema(session);
		}
		catch (SQLException ex) {
			throw failed(node, ex);
		}
	}

	private static void awaitWritable(MySqlNode node, Session session) throws SQLException {
		long deadline = System.nanoTime() + RETURNS_WITHIN.toNanos();
		while (!"0".equals(session.value("SELECT @@GLOBAL.super_read_only"))) {
			if (System.nanoTime() > deadline) {
				throw new NodeException(node.name(),
						"did not become writable within " + RETURNS_WITHIN.toSeconds() + " s", node.log(), null);
			}
			NodeProcess.pause(Duration.ofMillis(20));
		}
	}

	/** Makes a running node a member of the group that works, unless it is one. */
	void join(MySqlNode node) {
		Optional<Member> member = awaitReturn(node);
		if (member.filter((each) -> each.works() || each.isJoining()).isEmpty()) {
			if (member.isEmpty()) {
				throw new NodeException(node.name(), "does not answer. First: ./tandem restart " + node.name(),
						node.log(), null);
			}
			leave(node);
			requireNothingOfItsOwn(node);
			startReplication(node);
		}
		awaitOnline(node);
	}

	/** A member that was thrown out comes back by itself as soon as it notices. */
	private Optional<Member> awaitReturn(MySqlNode node) {
		long deadline = System.nanoTime() + RETURNS_WITHIN.toNanos();
		Optional<Member> member = this.group.member(node);
		while (member.filter((each) -> each.works() || each.isOutside()).isEmpty() && System.nanoTime() < deadline) {
			NodeProcess.pause(Duration.ofMillis(200));
			member = this.group.member(node);
		}
		return member;
	}

	private void requireNothingOfItsOwn(MySqlNode node) {
		String own = Replication.lacking(node, this.group.primary()).orElse("");
		if (!own.isEmpty()) {
			throw new NodeException(node.name(),
					"stays outside of the group and read-only: it has " + Gtids.counted(own) + " that the group lacks ("
							+ own + "). Give them up and take a copy of the primary's data: ./tandem start "
							+ node.name() + " --reclone",
					null, null);
		}
	}

	private void startReplication(MySqlNode node) {
		try (Session session = node.session(JOINED_WITHIN)) {
			setUp(session);
			session.execute("START GROUP_REPLICATION");
		}
		catch (SQLException ex) {
			throw failed(node, ex);
		}
	}

	/**
	 * The account of the group's own connections; no channel of an earlier pair stays.
	 */
	private void setUp(Session session) throws SQLException {
		Account account = this.group.accounts().replication();
		session.execute("STOP REPLICA FOR CHANNEL ''", "RESET REPLICA ALL FOR CHANNEL ''",
				"CHANGE REPLICATION SOURCE TO SOURCE_USER = '" + account.user() + "', SOURCE_PASSWORD = '"
						+ account.password() + "' FOR CHANNEL 'group_replication_recovery'");
	}

	private void awaitOnline(MySqlNode node) {
		long deadline = System.nanoTime() + ONLINE_WITHIN.toNanos();
		Optional<Member> member = Optional.empty();
		while (System.nanoTime() < deadline) {
			member = this.group.member(node);
			if (member.filter(Member::works).isPresent()) {
				return;
			}
			if (!node.isRunning() || member.filter((each) -> each.state().equals("ERROR")).isPresent()) {
				break;
			}
			NodeProcess.pause(Duration.ofMillis(100));
		}
		throw new NodeException(node.name(), "did not become a member of the group ("
				+ member.map(Member::state).orElse("does not answer") + "):\n" + ErrorLog.excerpt(node.log(), ""),
				node.log(), null);
	}

	private static NodeException failed(MySqlNode node, SQLException ex) {
		return new NodeException(node.name(),
				"its group could not be brought together: " + ex.getMessage() + "\n" + ErrorLog.excerpt(node.log(), ""),
				node.log(), ex);
	}

}
