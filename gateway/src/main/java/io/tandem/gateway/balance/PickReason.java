package io.tandem.gateway.balance;

/**
 * Says in words what led to the first attempt of a request.
 */
final class PickReason {

	private PickReason() {
	}

	static String of(Dispatch dispatch) {
		Tried failed = dispatch.failures();
		Member first = (failed.size() > 0) ? failed.member(0) : dispatch.current();
		if (dispatch.isSticky()) {
			return "its cookie names " + first;
		}
		Rotation.Group serving = dispatch.rotation().serving();
		if (serving == null || serving.candidates().size() == 1) {
			return first + " is the only one";
		}
		Candidates candidates = serving.candidates();
		return switch (dispatch.rotation().algorithm()) {
			case ROUND_ROBIN, ACTIVE_PASSIVE -> "the turn of " + first;
			case LEAST_CONNECTIONS -> first + " has the fewest requests in flight for its weight";
			case RANDOM_TWO_CHOICES -> first + " is the less loaded of two drawn at random";
			case IP_HASH -> byHash(candidates, first, dispatch.request().client());
		};
	}

	private static String byHash(Candidates candidates, Member first, long client) {
		int best = 0;
		for (int i = 1; i < candidates.size(); i++) {
			if (score(candidates, i, client) > score(candidates, best, client)) {
				best = i;
			}
		}
		Member own = candidates.member(best);
		return (own == first) ? "the client's address belongs to " + first
				: "the client's address belongs to " + own + ", which has more than its share of the load";
	}

	private static double score(Candidates candidates, int index, long client) {
		return ClientHashSelector.score(candidates.member(index), candidates.weight(index), client);
	}

}
