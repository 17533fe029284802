package io.tandem.gateway.balance;

/**
 * Smooth weighted round robin: weights 5, 1, 1 give a a b a c a a. Equal weights strictly
 * take turns, whatever the number of threads.
 */
final class RoundRobinSelector implements InstanceSelector {

	@Override
	public Member select(Candidates candidates, long client, Tried tried) {
		if (candidates.size() - tried.size() <= 1) {
			// No choice, no turn taken: a retry on the only instance left must not
			// shift the alternation of the other requests.
			return candidates.first(tried);
		}
		Member next = candidates.next();
		while (tried.contains(next)) {
			next = candidates.next();
		}
		return next;
	}

}
