package io.tandem.dbrouter.failover;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;

import io.tandem.dbrouter.gtid.GtidSet;
import io.tandem.dbrouter.topology.Node;
import io.tandem.dbrouter.topology.NodeStatus;
import io.tandem.dbrouter.topology.Topology;
import io.tandem.dbrouter.topology.TopologyMonitor;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what happened to the primary: how often and how long there was none, and what
 * a new one lacks. A primary is known to have had what a probe saw and what it
 * acknowledged to this instance.
 */
public final class FailoverWatch {

	private static final Log logger = LogFactory.getLog(FailoverWatch.class);

	private static final int EVENTS = 100;

	private final TopologyMonitor monitor;

	private final Clock clock;

	private final Deque<Event> events = new ArrayDeque<>();

	private Topology before;

	private @Nullable Node former;

	private GtidSet committed = GtidSet.EMPTY;

	private long goneSince;

	private @Nullable LostTransactions lost;

	private long failovers;

	private Duration withoutPrimary = Duration.ZERO;

	/**
	 * Creates a watch and lets it listen.
	 * @param monitor knows the nodes
	 * @param clock tells the time of events
	 */
	public FailoverWatch(TopologyMonitor monitor, Clock clock) {
		this.monitor = monitor;
		this.clock = clock;
		this.before = monitor.topology();
		this.former = monitor.primary();
		monitor.addListener(this::topologyChanged);
	}

	private synchronized void topologyChanged(Topology now) {
		for (NodeStatus node : now.nodes()) {
			NodeStatus was = this.before.node(node.name()).orElse(null);
			if (was == null || was.state() != node.state()) {
				note(node.toString());
			}
		}
		if (!Objects.equals(this.before.primary(), now.primary())) {
			if (this.before.primary() != null) {
				primaryGone();
			}
			if (now.primary() != null) {
				primaryFound(now.primary());
			}
		}
		if (now.isSplit() && !now.writable().equals(this.before.writable())) {
			note("more than one node is writable: " + now.writable());
		}
		this.before = now;
	}

	private void primaryGone() {
		this.goneSince = System.nanoTime();
		if (this.former != null) {
			// Now: when it comes back it may have forgotten.
			this.committed = this.former.executed();
		}
	}

	private void primaryFound(String name) {
		Node found = this.monitor.node(name);
		Node gone = this.former;
		if (found == null) {
			return;
		}
		note(name + " is the primary");
		if (gone != null) {
			Duration gap = Duration.ofNanos(System.nanoTime() - this.goneSince);
			this.withoutPrimary = this.withoutPrimary.plus(gap);
			this.failovers++;
			compare(gone, found);
		}
		this.former = found;
	}

	private void compare(Node gone, Node found) {
		// It may have acknowledged commits after it was seen for the last time.
		GtidSet known = gone.equals(found) ? this.committed : this.committed.union(gone.executed());
		GtidSet missing = known.minus(found.executed());
		LostTransactions earlier = this.lost;
		if (!missing.isEmpty()) {
			this.lost = new LostTransactions(gone.name(), found.name(), missing);
			String line = found + " lacks " + missing.size() + " transactions that " + gone
					+ " had committed: they are lost unless they are recovered from there: " + missing;
			logger.error(line);
			note(line);
		}
		else if (earlier != null && found.executed().contains(earlier.gtids())) {
			this.lost = null;
			note(found + " has the transactions that were missing");
		}
	}

	/**
	 * Adds an event.
	 * @param text what happened
	 */
	synchronized void note(String text) {
		this.events.addLast(new Event(this.clock.instant(), text));
		if (this.events.size() > EVENTS) {
			this.events.removeFirst();
		}
	}

	/**
	 * The last events, the oldest first.
	 * @return at most 100
	 */
	public synchronized List<Event> events() {
		return List.copyOf(this.events);
	}

	/**
	 * What the present primary is known to lack.
	 * @return the transactions, {@code null} for none
	 */
	public synchronized @Nullable LostTransactions lost() {
		return this.lost;
	}

	/**
	 * How often there was a primary again after there had been none or another one.
	 * @return the number
	 */
	public synchronized long failovers() {
		return this.failovers;
	}

	/**
	 * For how long there was no primary in all.
	 * @return the sum of all gaps that have ended
	 */
	public synchronized Duration withoutPrimary() {
		return this.withoutPrimary;
	}

}
