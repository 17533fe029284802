package io.tandem.dbrouter.routing;

import java.util.Locale;

/**
 * Why a unit of work went to the node it went to.
 */
public enum RouteReason {

	/** A read-only transaction, on a replica. */
	READ_ONLY,

	/** A read-only transaction, on the primary because no replica could take it. */
	NO_REPLICA,

	/**
	 * A read-only transaction, on the primary because no replica had what it must see.
	 */
	REPLICAS_BEHIND,

	/** A read-only transaction that asked for the primary. */
	PRIMARY_REQUIRED,

	/** A transaction that may write. */
	READ_WRITE,

	/** No transaction: it may write. */
	NO_TRANSACTION;

	private final String text = name().toLowerCase(Locale.ROOT).replace('_', '-');

	/**
	 * Gives the name in metrics and in {@code NodeUse}.
	 * @return {@code read-only} for example
	 */
	public String text() {
		return this.text;
	}

	/**
	 * Whether the unit of work is a read-only transaction.
	 * @return {@code true} if it may not write
	 */
	public boolean isRead() {
		return this != READ_WRITE && this != NO_TRANSACTION;
	}

	/**
	 * Whether a read takes the primary only because no replica could answer it.
	 * @return {@code true} for a read that replicas should have taken
	 */
	public boolean isFallback() {
		return this == NO_REPLICA || this == REPLICAS_BEHIND;
	}

}
