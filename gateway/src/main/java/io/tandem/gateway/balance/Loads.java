package io.tandem.gateway.balance;

import org.jspecify.annotations.Nullable;

/**
 * The requests in flight at up to four candidates, packed into a long so that remembering
 * them allocates nothing. 65,535 stands for that many or more.
 */
final class Loads {

	private static final int MOST = 4;

	private static final long MASK = 0xffff;

	private Loads() {
	}

	static long of(Candidates candidates) {
		long loads = 0;
		for (int i = 0; i < Math.min(candidates.size(), MOST); i++) {
			loads |= Math.min(candidates.member(i).inFlight(), MASK) << (16 * i);
		}
		return loads;
	}

	/** The load of a candidate; null beyond the fourth. */
	static @Nullable Integer get(long loads, int index) {
		return (index < MOST) ? (Integer) (int) ((loads >>> (16 * index)) & MASK) : null;
	}

}
