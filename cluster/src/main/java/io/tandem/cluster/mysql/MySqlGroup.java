package io.tandem.cluster.mysql;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import io.tandem.cluster.process.NodeException;
import io.tandem.cluster.process.Parallel;
import io.tandem.cluster.process.PrivateFiles;
import org.jspecify.annotations.Nullable;

/**
 * mysql-1, mysql-2 and mysql-3: a replication group with a single primary, which the
 * members elect. A commit needs two of the three.
 */
public final class MySqlGroup extends MySqlServers {

	/** The nodes' names. */
	public static final List<String> NODES = List.of("mysql-1", "mysql-2", "mysql-3");

	/** Containers have nearly the same: {@code ops/group/group.cnf}. */
	static final String OPTIONS = """
			plugin_load_add = group_replication.so
			# The servers' own ports and TLS for everything between members.
			group_replication_communication_stack = MYSQL
			group_replication_ssl_mode = REQUIRED
			group_replication_recovery_use_ssl = ON
			# docs/adr/0061-group-replication.md
			group_replication_start_on_boot = OFF
			group_replication_single_primary_mode = ON
			group_replication_consistency = BEFORE_ON_PRIMARY_FAILOVER
			group_replication_member_expel_timeout = 0
			group_replication_unreachable_majority_timeout = 5
			group_replication_exit_state_action = READ_ONLY
			group_replication_autorejoin_tries = 10
			group_replication_gtid_assignment_block_size = 1
			group_replication_message_cache_size = 128M
			""";

	private MySqlGroup(Supplier<MySqlInstallation> installation, Layout layout, Map<String, Integer> ports)
			throws IOException {
		super(installation, layout, NODES, ports);
	}

	/**
	 * Starts three nodes on free ports; they end with this JVM at the latest.
	 * @param installation where MySQL is
	 * @param directory the group's own: new data, or data of an earlier group or pair
	 * @return the group, every member online
	 */
	public static MySqlGroup start(MySqlInstallation installation, Path directory) {
		try {
			MySqlGroup group = at(() -> installation, directory, directory.resolve("logs"), Map.of());
			group.startUntilThisJvmEnds();
			return group;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static MySqlGroup at(Supplier<MySqlInstallation> installation, Path directory, Path logs,
			Map<String, Integer> ports) throws IOException {
		return new MySqlGroup(installation, new Layout(directory.toAbsolutePath(), logs.toAbsolutePath()), ports);
	}

	/**
	 * Starts what is not running and brings all members together; ends what it started if
	 * that fails.
	 */
	@Override
	public void startAll() {
		List<MySqlNode> missing = nodes().stream().filter((node) -> !node.isRunning()).toList();
		try {
			prepare(nodes());
			missing.forEach(MySqlNode::launch);
			Parallel.forEach(missing, MySqlNode::awaitReady);
			new GroupAssembly(this).assemble();
		}
		catch (RuntimeException ex) {
			missing.forEach(MySqlNode::kill);
			throw ex;
		}
	}

	@Override
	void restoreRole(MySqlNode node) {
		new GroupAssembly(this).admit(node);
	}

	/** The group's name, made at the first use: from then on these nodes are a group. */
	String name() {
		Path file = layout().group();
		try {
			if (!Files.exists(file)) {
				PrivateFiles.write(file, UUID.randomUUID().toString());
			}
			return Files.readString(file).strip();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	String options(MySqlNode node) {
		String seeds = nodes().stream().map((each) -> "127.0.0.1:" + each.port()).collect(Collectors.joining(","));
		return OPTIONS + """
				group_replication_group_name = %s
				group_replication_local_address = 127.0.0.1:%d
				group_replication_group_seeds = %s
				group_replication_recovery_ssl_ca = "%s"
				""".formatted(name(), node.port(), seeds,
				layout().tls().resolve("ca.pem").toString().replace("\\", "\\\\"));
	}

	/** The member that takes writes, or the last one that is known to have done so. */
	@Override
	public MySqlNode primary() {
		MySqlNode recorded = super.primary();
		Map<MySqlNode, Member> members = members();
		Optional<MySqlNode> elected = members.entrySet()
			.stream()
			.filter((entry) -> entry.getValue().primary() && works(entry.getValue(), members.values()))
			.map(Map.Entry::getKey)
			.findFirst();
		elected.filter((node) -> !node.equals(recorded)).ifPresent(this::recordPrimary);
		return elected.orElse(recorded);
	}

	private Map<MySqlNode, Member> members() {
		Map<MySqlNode, Member> members = new ConcurrentHashMap<>();
		Parallel.forEach(nodes(), (node) -> member(node).ifPresent((member) -> members.put(node, member)));
		return members;
	}

	/** One that hung and goes on takes some seconds to notice that it was thrown out. */
	private static boolean works(Member member, Collection<Member> all) {
		return member.works() && all.stream().noneMatch(member::isOutdatedBy);
	}

	/** A node's own word on its place; nothing if it does not answer. */
	Optional<Member> member(MySqlNode node) {
		if (!node.answers()) {
			return Optional.empty();
		}
		try (Session session = node.session()) {
			return Optional.of(Member.of(session));
		}
		catch (SQLException ex) {
			return Optional.empty();
		}
	}

	@Override
	public void promote(MySqlNode node, Consumer<String> progress) {
		new GroupPromotion(this, progress).planned(node);
	}

	@Override
	public void promoteForcibly(MySqlNode node, boolean acceptLoss, Consumer<String> progress) {
		new GroupPromotion(this, progress).forced(node, acceptLoss);
	}

	@Override
	public MySqlState state(MySqlNode node) {
		if (!node.isRunning()) {
			return MySqlState.unknown("not running");
		}
		Map<MySqlNode, Member> members = members();
		@Nullable Member member = members.get(node);
		if (member == null) {
			return MySqlState.unknown("does not answer");
		}
		boolean works = works(member, members.values());
		MySqlState.Role role = MySqlState.Role.REPLICA;
		if (!works) {
			role = MySqlState.Role.READ_ONLY;
		}
		else if (member.primary()) {
			role = MySqlState.Role.PRIMARY;
		}
		return new MySqlState(role, Optional.empty(), Optional.of(works), Optional.empty(), Optional.of(member.state()),
				works ? Optional.empty() : Optional.of(problem(member)));
	}

	private static String problem(Member member) {
		if (member.works()) {
			return "was thrown out of the group and has not noticed yet";
		}
		return switch (member.state()) {
			case "ONLINE" -> "cannot reach the majority of its group";
			case "RECOVERING" -> "RECOVERING: gets what it has missed";
			case "OFFLINE" -> "outside of the group: ./tandem up";
			default -> member.state() + ": left the group; it tries to come back, or ./tandem up";
		};
	}

	@Override
	public boolean isWell(MySqlNode node, MySqlState state) {
		return state.isHealthy();
	}

	@Override
	public String expectedRole(MySqlNode node) {
		return "member";
	}

}
