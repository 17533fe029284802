package io.tandem.dbrouter.routing;

/**
 * How a read came to see what it must.
 */
public enum CausalOutcome {

	/** A replica was known to have it. */
	HIT,

	/** A replica had it after a wait. */
	WAITED,

	/** It was read from the primary. */
	PRIMARY,

	/** It was read from a replica that may lack it. */
	STALE,

	/** No node was allowed to answer it, or none was there. */
	FAILED

}
