package io.tandem.gateway.balance;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Bounds how often requests that an instance may have received are sent again, so that
 * retries cannot multiply the load of a service that is slow because of its load. Counts
 * over the last ten seconds, without locks.
 */
public final class RetryBudget {

	private static final int SECONDS = 10;

	/** Seconds are numbered modulo 2^31. */
	private static final long SECOND = 0x7fffffffL;

	private static final long NANOS = 1_000_000_000L;

	/** For each second: its number in the upper half, its count in the lower. */
	private final AtomicLongArray requests = new AtomicLongArray(SECONDS + 1);

	private final AtomicLongArray retries = new AtomicLongArray(SECONDS + 1);

	private final int percent;

	private final int least;

	/**
	 * Creates a budget.
	 * @param percent retries for each 100 requests
	 * @param perSecond retries that are allowed however few requests there are
	 */
	public RetryBudget(int percent, int perSecond) {
		this.percent = percent;
		this.least = perSecond * SECONDS;
	}

	void request(long now) {
		count(requests, now);
	}

	/** Takes one retry from the budget, if there is one left. */
	synchronized boolean tryRetry(long now) {
		long allowed = Math.max(least, sum(requests, now) * percent / 100);
		if (sum(retries, now) >= allowed) {
			return false;
		}
		count(retries, now);
		return true;
	}

	private static void count(AtomicLongArray counts, long now) {
		long second = Math.floorDiv(now, NANOS) & SECOND;
		int slot = (int) (second % counts.length());
		long seen = counts.get(slot);
		while (true) {
			long next = (seen >>> 32 == second) ? seen + 1 : (second << 32) | 1;
			long found = counts.compareAndExchange(slot, seen, next);
			if (found == seen) {
				return;
			}
			seen = found;
		}
	}

	private static long sum(AtomicLongArray counts, long now) {
		long second = Math.floorDiv(now, NANOS) & SECOND;
		long sum = 0;
		for (int i = 0; i < counts.length(); i++) {
			long count = counts.get(i);
			long age = (second - (count >>> 32)) & SECOND;
			sum += (age < SECONDS) ? (count & 0xffffffffL) : 0;
		}
		return sum;
	}

}
