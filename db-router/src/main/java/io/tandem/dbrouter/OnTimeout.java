package io.tandem.dbrouter;

/**
 * What becomes of a read for which no replica has caught up in time.
 */
public enum OnTimeout {

	/** What {@code db-router.consistency.on-timeout} says. */
	DEFAULT,

	/** It goes to the primary, and fails without one. */
	PRIMARY,

	/**
	 * It goes to the primary, and without one to a replica as it is: rather old data than
	 * none.
	 */
	STALE,

	/** It fails: the primary is never asked. */
	FAIL

}
