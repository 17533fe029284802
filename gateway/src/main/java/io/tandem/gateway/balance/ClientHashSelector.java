package io.tandem.gateway.balance;

/**
 * The same instance for the same client, by weighted rendezvous hashing (Thaler and
 * Ravishankar; weights after Schindelhauer and Schomaker): an instance that leaves moves
 * its own clients and nobody else's, and gets exactly them back.
 * <p>
 * With bounded load (Mirrokni, Thorup, Zadimoghaddam): an instance with 1.25 times its
 * share of the requests in flight passes new ones on to each client's next choice. One
 * with up to 16 of them is never full, so that a client's few parallel requests stay
 * together in a calm hour.
 */
final class ClientHashSelector implements InstanceSelector {

	private static final double BOUND = 1.25;

	private static final int NEVER_FULL = 16;

	@Override
	public Member select(Candidates candidates, long client, Tried tried) {
		int inFlight = 0;
		for (int i = 0; i < candidates.size(); i++) {
			inFlight += candidates.member(i).inFlight();
		}
		double bound = BOUND * (inFlight + 1) / candidates.totalWeight();
		int best = -1;
		double bestScore = 0;
		for (int i = 0; i < candidates.size(); i++) {
			Member member = candidates.member(i);
			if (!tried.contains(member) && !isFull(member, bound * candidates.weight(i))) {
				double score = score(member, candidates.weight(i), client);
				if (best == -1 || score > bestScore) {
					best = i;
					bestScore = score;
				}
			}
		}
		return (best != -1) ? candidates.member(best) : candidates.first(tried);
	}

	private static boolean isFull(Member member, double bound) {
		int load = member.inFlight();
		return load >= NEVER_FULL && load >= bound;
	}

	/**
	 * Higher is better. In (0, infinity), and above any limit as often as the weight
	 * says.
	 */
	static double score(Member member, int weight, long client) {
		long hash = ClientKey.mix(client ^ member.hash());
		double uniform = ((hash >>> 11) + 0.5) * 0x1p-53;
		return -weight / Math.log(uniform);
	}

}
