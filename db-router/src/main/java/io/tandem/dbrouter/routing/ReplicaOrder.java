package io.tandem.dbrouter.routing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Puts replicas into the order in which a read tries them: weighted least-active, with
 * slow start. The replica with the fewest units of work for its weight comes first.
 * Replicas that have equally few take turns in proportion to their weights, evenly mixed
 * (smooth weighted round robin, as nginx has it in {@code least_conn}). A replica that
 * has just become routable counts with a part of its weight that grows from a tenth to
 * all of it: its caches are cold.
 */
final class ReplicaOrder {

	private static final double LEAST = 0.1;

	private final long slowStart;

	private final LongSupplier clock;

	/**
	 * Creates the order.
	 * @param slowStart how long a replica is spared after it has become routable
	 * @param clock the time in nanoseconds, as {@link System#nanoTime()} gives it
	 */
	ReplicaOrder(Duration slowStart, LongSupplier clock) {
		this.slowStart = slowStart.toNanos();
		this.clock = clock;
	}

	<C extends Contender> List<C> order(List<C> replicas) {
		int count = replicas.size();
		if (count < 2) {
			return replicas;
		}
		double[] weights = new double[count];
		double[] loads = new double[count];
		double least = Double.MAX_VALUE;
		long now = this.clock.getAsLong();
		for (int at = 0; at < count; at++) {
			Contender replica = replicas.get(at);
			weights[at] = weight(replica, now);
			loads[at] = replica.active() / weights[at];
			least = Math.min(least, loads[at]);
		}
		int first = takeTurns(replicas, weights, loads, least);
		List<C> ordered = new ArrayList<>(count);
		ordered.add(replicas.get(first));
		loads[first] = Double.MAX_VALUE;
		while (ordered.size() < count) {
			int next = lowest(loads);
			ordered.add(replicas.get(next));
			loads[next] = Double.MAX_VALUE;
		}
		return ordered;
	}

	private double weight(Contender replica, long now) {
		double weight = replica.weight();
		Long since = replica.routableSince();
		if (since == null || this.slowStart == 0) {
			return weight;
		}
		double part = (double) (now - since) / this.slowStart;
		return weight * Math.min(1, Math.max(LEAST, part));
	}

	/** One turn among those with the least load. */
	private synchronized int takeTurns(List<? extends Contender> replicas, double[] weights, double[] loads,
			double least) {
		double total = 0;
		int chosen = -1;
		double most = -Double.MAX_VALUE;
		for (int at = 0; at < loads.length; at++) {
			if (loads[at] <= least) {
				total += weights[at];
				double credit = replicas.get(at).credit(weights[at]);
				if (credit > most) {
					most = credit;
					chosen = at;
				}
			}
		}
		replicas.get(chosen).credit(-total);
		return chosen;
	}

	private static int lowest(double[] loads) {
		int lowest = -1;
		double least = Double.MAX_VALUE;
		for (int at = 0; at < loads.length; at++) {
			if (loads[at] < least) {
				least = loads[at];
				lowest = at;
			}
		}
		return lowest;
	}

}
