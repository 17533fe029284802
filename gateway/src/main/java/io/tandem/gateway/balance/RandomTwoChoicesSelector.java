package io.tandem.gateway.balance;

import java.util.concurrent.ThreadLocalRandom;

/**
 * The less loaded of two instances chosen at random by weight (Mitzenmacher, The Power of
 * Two Choices). Two gateways that do not know of one another never rush to the same
 * instance.
 */
final class RandomTwoChoicesSelector implements InstanceSelector {

	/** Before the second choice may be the first: weights can make another one rare. */
	private static final int DRAWS = 8;

	@Override
	public Member select(Candidates candidates, long client, Tried tried) {
		ThreadLocalRandom random = ThreadLocalRandom.current();
		int one = draw(candidates, tried, random);
		int other = one;
		for (int i = 0; i < DRAWS && other == one; i++) {
			other = draw(candidates, tried, random);
		}
		long difference = (long) candidates.member(one).inFlight() * candidates.weight(other)
				- (long) candidates.member(other).inFlight() * candidates.weight(one);
		return candidates.member((difference <= 0) ? one : other);
	}

	private static int draw(Candidates candidates, Tried tried, ThreadLocalRandom random) {
		for (int i = 0; i < DRAWS; i++) {
			int drawn = candidates.randomIndex(random);
			if (!tried.contains(candidates.member(drawn))) {
				return drawn;
			}
		}
		return candidates.firstIndex(tried);
	}

}
