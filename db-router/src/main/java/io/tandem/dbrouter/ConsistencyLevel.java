package io.tandem.dbrouter;

/**
 * What a read-only transaction is sure to see.
 */
public enum ConsistencyLevel {

	/** The level of {@code db-router.consistency.level}. */
	DEFAULT,

	/** Some state of the past: any replica will do. */
	EVENTUAL,

	/**
	 * Everything that the same client, or the same unit of work, has written. The client
	 * is known by its token.
	 */
	SESSION,

	/** As {@link #SESSION}, and everything that this instance has written for anybody. */
	INSTANCE,

	/** Everything that is committed: the primary is read. */
	PRIMARY

}
