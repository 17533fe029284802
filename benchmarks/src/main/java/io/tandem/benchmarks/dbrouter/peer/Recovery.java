package io.tandem.benchmarks.dbrouter.peer;

/**
 * What clients noticed of the death of the primary and a promotion.
 *
 * @param millis from the promotion to the first write that succeeded, or {@link #NEVER}
 * @param failedWrites writes that failed from the death to that write
 * @param failedReads reads that failed in that time
 * @param slowestReadMillis the longest that a read took
 */
public record Recovery(long millis, long failedWrites, long failedReads, long slowestReadMillis) {

	/** No write has succeeded in the time given. */
	public static final long NEVER = -1;

}
