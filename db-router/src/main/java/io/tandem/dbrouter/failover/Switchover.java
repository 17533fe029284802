package io.tandem.dbrouter.failover;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

import io.tandem.dbrouter.topology.Account;
import io.tandem.dbrouter.topology.Node;
import io.tandem.dbrouter.topology.NodeState;
import io.tandem.dbrouter.topology.NodeStatus;
import io.tandem.dbrouter.topology.SqlErrors;
import io.tandem.dbrouter.topology.Topology;
import io.tandem.dbrouter.topology.TopologyMonitor;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Makes a replica the primary while both servers work, without losing a transaction or
 * failing one that ends in time. One at a time, over all instances. See
 * docs/adr/0018-planned-switchover.md.
 */
public final class Switchover {

	private static final Log logger = LogFactory.getLog(Switchover.class);

	private final TopologyMonitor monitor;

	private final WriteGate gate;

	private final FailoverWatch watch;

	private final SwitchoverSettings settings;

	private final AtomicBoolean running = new AtomicBoolean();

	/**
	 * Creates a switchover to be run on demand.
	 * @param monitor knows the nodes
	 * @param gate holds this instance's writes back
	 * @param watch hears of it
	 * @param settings how to do it
	 */
	public Switchover(TopologyMonitor monitor, WriteGate gate, FailoverWatch watch, SwitchoverSettings settings) {
		this.monitor = monitor;
		this.gate = gate;
		this.watch = watch;
		this.settings = settings;
	}

	/**
	 * Carries out a switchover.
	 * @param to the name of the new primary, {@code null} for the replica that is least
	 * behind
	 * @return what was done
	 * @throws SwitchoverException if it is not possible or failed
	 */
	public SwitchoverResult run(@Nullable String to) {
		Account admin = this.settings.admin();
		if (admin == null) {
			throw new SwitchoverException("A switchover needs an account with the rights to change the servers' roles:"
					+ " set db-router.admin.username and db-router.admin.password");
		}
		if (!this.running.compareAndSet(false, true)) {
			throw new SwitchoverException("A switchover is under way already");
		}
		Reversal reversal = new Reversal(admin);
		try {
			Node from = primary();
			Node target = (to != null) ? replica(to) : bestReplica();
			this.watch.note("switchover from " + from + " to " + target + " begins");
			SwitchoverResult result = run(from, target, admin, reversal);
			logger.info("Switchover from " + from + " to " + target + ": writes were held back for "
					+ result.held().toMillis() + " ms; " + from + " " + result.formerPrimary());
			this.watch.note("switchover to " + target + " is done");
			return result;
		}
		catch (SQLException ex) {
			throw failed(SqlErrors.oneLine(ex), reversal.run(), ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw failed("interrupted", reversal.run(), ex);
		}
		catch (SwitchoverException ex) {
			throw failed(String.valueOf(ex.getMessage()), reversal.run(), ex);
		}
		finally {
			this.running.set(false);
			this.gate.open();
		}
	}

	private SwitchoverException failed(String reason, List<String> leftOver, Exception cause) {
		String message = "The switchover did not take place: " + reason + ". " + (leftOver.isEmpty()
				? "The servers are as they were" : "TO BE DONE BY HAND: " + String.join("; then ", leftOver));
		this.watch.note(message);
		logger.error(message);
		return new SwitchoverException(message, cause);
	}

	private Node primary() {
		Node primary = this.monitor.primary();
		if (primary == null) {
			throw new SwitchoverException("There is no primary to switch over from");
		}
		return primary;
	}

	private Node replica(String name) {
		Topology topology = this.monitor.topology();
		NodeStatus status = topology.node(name)
			.orElseThrow(() -> new SwitchoverException("There is no node " + name + ", only " + topology.describe()));
		Node node = this.monitor.node(name);
		if (status.state() != NodeState.REPLICA || node == null) {
			throw new SwitchoverException(status + " is no replica in good order");
		}
		return node;
	}

	private Node bestReplica() {
		Node best = null;
		for (NodeStatus status : this.monitor.topology().nodes()) {
			Node node = this.monitor.node(status.name());
			if (status.state() == NodeState.REPLICA && node != null
					&& (best == null || node.executed().contains(best.executed()))) {
				best = node;
			}
		}
		if (best == null) {
			throw new SwitchoverException("No replica is in good order: " + this.monitor.topology().describe());
		}
		return best;
	}

	private SwitchoverResult run(Node from, Node to, Account admin, Reversal reversal)
			throws SQLException, InterruptedException {
		try (AdminSession old = new AdminSession(from, admin); AdminSession next = new AdminSession(to, admin)) {
			Announcement announcement = new Announcement(old);
			announcement.announce();
			this.monitor.probeAll();
			Thread.sleep(this.settings.announce().toMillis());
			RoleChange change = new RoleChange(old, next, reversal);
			change.check();
			long heldAt = System.nanoTime();
			this.gate.close();
			announcement.hold();
			Thread.sleep(this.settings.notice().toMillis());
			change.drain(this.settings.drain());
			change.stopWrites();
			change.catchUp(this.settings.catchUp());
			boolean follows = change.turnRound(this.settings.replication());
			awaitPrimary(null);
			change.startWrites();
			reversal.forget();
			change.cleanUp();
			awaitPrimary(to.name());
			Duration held = Duration.ofNanos(System.nanoTime() - heldAt);
			return new SwitchoverResult(from.name(), to.name(), held,
					follows ? "follows " + to : "is read-only and follows nobody: make it a replica of " + to
							+ ", or set db-router.admin.replication-username and -password for next time");
		}
	}

	/** Until the probes see it, at most for a second: they only follow. */
	private void awaitPrimary(@Nullable String name) throws InterruptedException {
		long deadline = System.nanoTime() + Duration.ofSeconds(1).toNanos();
		this.monitor.probeAll();
		Topology seen = this.monitor.topology();
		while (!Objects.equals(seen.primary(), name) && this.monitor.awaitNewer(seen, deadline)) {
			seen = this.monitor.topology();
		}
	}

}
