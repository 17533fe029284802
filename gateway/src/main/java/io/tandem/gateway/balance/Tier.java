package io.tandem.gateway.balance;

import java.util.Locale;

/**
 * Groups of instances in the order in which they are used: a later one only when the
 * earlier ones have nobody left.
 */
enum Tier {

	/** Ready, healthy and with a weight. */
	ACTIVE,

	/** The same, but standby. */
	STANDBY,

	/**
	 * Not healthy. When nobody is, checks may be wrong, and an error page never helps.
	 */
	PANIC,

	/** Draining, or of weight 0. */
	LAST_RESORT;

	boolean isHealthy() {
		return this == ACTIVE || this == STANDBY;
	}

	String text() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
