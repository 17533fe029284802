package io.tandem.dbrouter.failover;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import io.tandem.dbrouter.topology.Handover;
import io.tandem.dbrouter.topology.Topology;
import io.tandem.dbrouter.topology.TopologyMonitor;

/**
 * Where units of work that may write wait while there is no primary. Nothing has been
 * sent for them yet, so they lose nothing but time. How long one waits and how many do is
 * bounded; reads never come here.
 */
public final class WriteGate {

	private final TopologyMonitor monitor;

	private final Duration hold;

	private final int maxWaiting;

	private final AtomicInteger waiting = new AtomicInteger();

	private volatile boolean closed;

	/**
	 * Creates a gate that is open.
	 * @param monitor knows whether there is a primary
	 * @param hold how long a unit of work waits for one
	 * @param maxWaiting how many may wait at a time; more fail at once
	 */
	public WriteGate(TopologyMonitor monitor, Duration hold, int maxWaiting) {
		this.monitor = monitor;
		this.hold = hold;
		this.maxWaiting = maxWaiting;
	}

	/**
	 * When a unit of work that comes now will have waited long enough.
	 * @return the moment in {@link System#nanoTime()}
	 */
	public long deadline() {
		return System.nanoTime() + this.hold.toNanos();
	}

	/**
	 * Whether writes may go to the primary of a topology.
	 * @param topology the topology
	 * @return {@code false} if there is none or a switchover holds writes back
	 */
	public boolean isOpen(Topology topology) {
		return topology.acceptsWrites() && topology.handover() != Handover.HOLDING && !this.closed;
	}

	/**
	 * Waits for a topology in which writes may go to a primary.
	 * @param tried the topology that the caller knows: only a newer one will do
	 * @param deadline when to give up, see {@link #deadline()}
	 * @return whether there is one
	 */
	public boolean await(Topology tried, long deadline) {
		try {
			if (this.waiting.incrementAndGet() > this.maxWaiting) {
				return false;
			}
			Topology seen = tried;
			while (this.monitor.awaitNewer(seen, deadline)) {
				seen = this.monitor.topology();
				if (isOpen(seen)) {
					return true;
				}
			}
			return false;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
		finally {
			this.waiting.decrementAndGet();
		}
	}

	/**
	 * How many units of work wait now.
	 * @return the number
	 */
	public int waiting() {
		return this.waiting.get();
	}

	/**
	 * Whether this instance holds writes back, or would if there were any.
	 * @return {@code true} if a write that comes now has to wait
	 */
	public boolean isHolding() {
		return !isOpen(this.monitor.topology());
	}

	void close() {
		this.closed = true;
	}

	void open() {
		this.closed = false;
		// Who waits looks again at the next probe.
		this.monitor.probeAll();
	}

}
