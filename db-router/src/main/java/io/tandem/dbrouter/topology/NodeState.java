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
	 * Applies the primary's changes (or would, were the primary not down): takes reads.
	 */
	REPLICA,

	/**
	 * Answers but is neither primary nor a working replica: not used.
	 */
	DETACHED,

	/**
	 * Does not answer: not used.
	 */
	DOWN

}
