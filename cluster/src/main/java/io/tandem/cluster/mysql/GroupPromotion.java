package io.tandem.cluster.mysql;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import io.tandem.cluster.process.NodeException;

/**
 * Makes a member of a group its primary: through the group while that works, and by force
 * where the group has lost its majority for good.
 */
final class GroupPromotion {

	private static final Duration ELECTED_WITHIN = Duration.ofSeconds(60);

	private static final int TRANSACTIONS_END_WITHIN_SECONDS = 5;

	private final MySqlGroup group;

	private final Consumer<String> progress;

	GroupPromotion(MySqlGroup group, Consumer<String> progress) {
		this.group = group;
		this.progress = progress;
	}

	void planned(MySqlNode next) {
		MySqlNode old = this.group.primary();
		if (this.group.member(next).filter(Member::works).isEmpty()) {
			throw new NodeException(next.name(), "cannot become the primary, for it is no working member of the group"
					+ Optional.of(this.group.state(next))
						.flatMap(MySqlState::problem)
						.map((why) -> ": " + why)
						.orElse("")
					+ ". First: ./tandem up; only if the others are lost for good: ./tandem promote " + next.name()
					+ " --force", null, null);
		}
		this.progress.accept("letting the group make " + next.name() + " its primary");
		try (Session session = next.session(ELECTED_WITHIN)) {
			WriteHold.during(old, () -> session.value(
					"SELECT group_replication_set_as_primary(@@server_uuid, " + TRANSACTIONS_END_WITHIN_SECONDS + ")"));
			this.group.recordPrimary(next);
		}
		catch (SQLException ex) {
			throw new NodeException(next.name(), "was not made the primary: " + ex.getMessage(), next.log(), ex);
		}
	}

	void forced(MySqlNode next, boolean acceptLoss) {
		GroupAssembly assembly = new GroupAssembly(this.group);
		if (assembly.isAnyWorking()) {
			throw new NodeException(next.name(), "is not promoted by force, for the group works and elects by itself."
					+ " Without --force the group makes it the primary", null, null);
		}
		if (!next.answers()) {
			throw new NodeException(next.name(), (next.isRunning() ? "does not answer" : "is not running")
					+ ". First: ./tandem start " + next.name(), null, null);
		}
		List<MySqlNode> others = this.group.nodes().stream().filter((node) -> !node.equals(next)).toList();
		others.forEach(this::fence);
		assembly.leave(next);
		others.stream().filter(MySqlNode::isRunning).forEach(assembly::leave);
		others.forEach((other) -> requireNothingLost(next, other, acceptLoss));
		this.progress.accept("beginning a new group with " + next.name());
		assembly.bootstrap(next);
		List<NodeException> refused = new ArrayList<>();
		for (MySqlNode other : others) {
			if (other.isRunning()) {
				try {
					assembly.join(other);
				}
				catch (NodeException ex) {
					refused.add(ex);
				}
			}
		}
		refused.forEach((ex) -> this.progress.accept(String.valueOf(ex.getMessage())));
	}

	/** A member that hangs and goes on later could form the old group with another. */
	private void fence(MySqlNode other) {
		if (other.isRunning() && !other.answers()) {
			this.progress.accept("killing " + other.name() + ", which hangs");
			other.kill();
		}
	}

	private void requireNothingLost(MySqlNode next, MySqlNode other, boolean acceptLoss) {
		String loss;
		try (Session session = next.session()) {
			String all = transactions(other);
			String lost = session.missing(all, session.executedOrReceived());
			if (!all.isEmpty() && lost.isEmpty()) {
				return;
			}
			loss = all.isEmpty() ? "may lack transactions of " + other.name() + ", whose data is lost"
					: "lacks " + Gtids.counted(lost) + " that " + other.name() + " has (" + lost + ")";
		}
		catch (IOException ex) {
			loss = "may lack transactions of " + other.name() + ", whose data cannot be read";
		}
		catch (SQLException ex) {
			throw new NodeException(next.name(), "cannot be compared: " + ex.getMessage(), next.log(), ex);
		}
		if (!acceptLoss) {
			throw new NodeException(next.name(),
					loss + ". Nothing is lost if all three start: ./tandem up. If that is"
							+ " impossible, lose them: ./tandem promote " + next.name() + " --force --accept-loss",
					null, null);
		}
		this.progress.accept("accepting a loss: " + next.name() + " " + loss);
	}

	private String transactions(MySqlNode other) throws SQLException, IOException {
		if (!other.isRunning()) {
			return new BinaryLog(this.group.layout().data(other.name())).transactions();
		}
		try (Session session = other.session()) {
			return session.executedOrReceived();
		}
	}

}
