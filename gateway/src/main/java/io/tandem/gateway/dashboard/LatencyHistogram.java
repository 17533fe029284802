package io.tandem.gateway.dashboard;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLongArray;

import org.jspecify.annotations.Nullable;

/**
 * Counts times in buckets that are an eighth of their size wide, so that a percentile is
 * exact to some six percent and counting is one atomic increment.
 */
final class LatencyHistogram {

	private static final int STEPS = 8;

	private static final int DOUBLINGS = 27;

	private final AtomicLongArray buckets = new AtomicLongArray(STEPS * DOUBLINGS);

	void record(long nanos) {
		buckets.getAndIncrement(index(nanos / 1_000));
	}

	/** The bucket of so many microseconds. */
	static int index(long micros) {
		if (micros < STEPS) {
			return (int) Math.max(0, micros);
		}
		int doublings = 63 - Long.numberOfLeadingZeros(micros) - 3;
		int index = doublings * STEPS + (int) (micros >>> doublings);
		return Math.min(index, STEPS * DOUBLINGS - 1);
	}

	/** The middle of a bucket in milliseconds. */
	static double millis(int index) {
		if (index < STEPS) {
			return (index + 0.5) / 1_000;
		}
		int doublings = index / STEPS - 1;
		return ((index % STEPS + STEPS + 0.5) * (1L << doublings)) / 1_000;
	}

	/** The buckets that are not empty. */
	Map<Integer, Long> counts() {
		Map<Integer, Long> counts = new TreeMap<>();
		for (int i = 0; i < buckets.length(); i++) {
			long count = buckets.get(i);
			if (count > 0) {
				counts.put(i, count);
			}
		}
		return counts;
	}

	/**
	 * The time in milliseconds that this part of the counted ones does not exceed; null
	 * without any.
	 */
	static @Nullable Double percentile(Map<Integer, Long> counts, double part) {
		long total = counts.values().stream().mapToLong(Long::longValue).sum();
		long rank = (long) Math.ceil(total * part);
		for (var bucket : new TreeMap<>(counts).entrySet()) {
			rank -= bucket.getValue();
			if (rank <= 0 && total > 0) {
				return Math.round(millis(bucket.getKey()) * 100) / 100.0;
			}
		}
		return null;
	}

}
