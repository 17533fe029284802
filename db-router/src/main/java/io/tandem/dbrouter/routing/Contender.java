package io.tandem.dbrouter.routing;

import org.jspecify.annotations.Nullable;

/**
 * What {@link ReplicaOrder} has to know of a replica.
 */
interface Contender {

	/** Its share of the reads when all are equally busy. */
	int weight();

	/**
	 * Since when it has been taking reads, in {@link System#nanoTime()}; {@code null} if
	 * that is unknown.
	 */
	@Nullable Long routableSince();

	/** The units of work on it now. */
	int active();

	/**
	 * Keeps what the order owes it. Called by one thread at a time.
	 * @param more what is added
	 * @return the sum
	 */
	double credit(double more);

}
