package io.tandem.dbrouter.topology;

/**
 * What is known about a node now.
 */
public enum NodeState {

	/**
	 * Not probed yet, or it answers but the probe could not read its state: not used.
	 */
	UNKNOWN,

	/**
	 * Takes writes and, if there is no replica to do it, reads.
	 */
	PRIMARY,

	/**
	 * Applies the primary's changes (or would, were there a primary): takes reads.
	 */
	REPLICA,

	/**
	 * Applies the primary's changes too late: not used until it has caught up.
	 */
	LAGGING,

	/**
	 * Answers but is neither primary nor a working replica: not used.
	 */
	DETACHED,

	/**
	 * Does not answer: not used.
	 */
	DOWN;

	/**
	 * Whether reads may go there.
	 * @return {@code true} for the primary and replicas in good order
	 */
	public boolean isRoutable() {
		return this == PRIMARY || this == REPLICA;
	}

}
