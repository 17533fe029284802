package io.tandem.gateway.balance;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Hands out the candidates strictly in turn: any n x k consecutive picks over n unchanged
 * candidates are k of each, whatever the number of threads.
 */
public final class RoundRobinSelector implements InstanceSelector {

	/** A long: an int would wrap within days and then repeat a candidate. */
	private final AtomicLong turn = new AtomicLong();

	@Override
	public Instance select(List<Instance> candidates) {
		int size = candidates.size();
		if (size == 1) {
			// No choice, no turn taken: a retry on the only instance left must not
			// shift the alternation of the other requests.
			return candidates.getFirst();
		}
		return candidates.get((int) Math.floorMod(turn.getAndIncrement(), (long) size));
	}

}
