package io.tandem.dbrouter.routing;

/**
 * Why a unit of work went to the node it went to.
 */
public enum RouteReason {

	/** A read-only transaction, on a replica. */
	READ_ONLY,

	/** A read-only transaction, on the primary because no replica could take it. */
	NO_REPLICA,

	/** A transaction that may write. */
	READ_WRITE,

	/** No transaction: it may write. */
	NO_TRANSACTION

}
