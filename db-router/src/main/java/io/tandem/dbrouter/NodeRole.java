package io.tandem.dbrouter;

/**
 * What a database node did for one use of it.
 */
public enum NodeRole {

	/**
	 * The node that takes writes.
	 */
	PRIMARY,

	/**
	 * A node that applies the primary's changes and answers reads.
	 */
	REPLICA

}
