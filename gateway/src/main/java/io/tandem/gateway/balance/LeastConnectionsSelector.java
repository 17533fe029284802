package io.tandem.gateway.balance;

import org.jspecify.annotations.Nullable;

/**
 * Weighted least connections: the fewest requests in flight for the weight; those that
 * are equally loaded take turns by weight, as in nginx.
 */
final class LeastConnectionsSelector implements InstanceSelector {

	@Override
	public Member select(Candidates candidates, long client, Tried tried) {
		Member best = null;
		int load = 0;
		int weight = 1;
		int ties = 0;
		for (int i = 0; i < candidates.size(); i++) {
			Member member = candidates.member(i);
			if (tried.contains(member)) {
				continue;
			}
			int itsLoad = member.inFlight();
			// load / weight, without a division
			long difference = (long) itsLoad * weight - (long) load * candidates.weight(i);
			if (best == null || difference < 0) {
				best = member;
				load = itsLoad;
				weight = candidates.weight(i);
				ties = 1;
			}
			else if (difference == 0) {
				ties++;
			}
		}
		Member tied = (ties > 1) ? nextTied(candidates, tried, load, weight) : null;
		return (tied != null) ? tied : (best != null) ? best : candidates.first(tried);
	}

	private static @Nullable Member nextTied(Candidates candidates, Tried tried, int load, int weight) {
		for (int i = 0; i < 2 * candidates.size(); i++) {
			int turn = candidates.nextIndex();
			Member member = candidates.member(turn);
			if (!tried.contains(member) && (long) member.inFlight() * weight <= (long) load * candidates.weight(turn)) {
				return member;
			}
		}
		return null;
	}

}
