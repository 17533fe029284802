package io.tandem.dbrouter.topology;

/**
 * How far a planned switchover is that some instance carries out. It is told to all
 * instances by named locks on the present primary, which end with the session that holds
 * them.
 */
public enum Handover {

	/** None is under way. */
	NONE,

	/** One is about to begin: nodes are looked at more often. */
	ANNOUNCED,

	/** New write transactions wait. */
	HOLDING;

	/** Held from the announcement to the end of a switchover. */
	public static final String ANNOUNCE_LOCK = "db-router.switchover";

	/** Held while new write transactions shall wait. */
	public static final String HOLD_LOCK = "db-router.switchover.hold";

}
