package io.tandem.gateway.balance;

import java.util.Locale;

/**
 * What an operator wants of an instance, whatever its health.
 */
public enum AdminState {

	/** Takes its share of the requests. */
	READY,

	/**
	 * Finishes what it has and gets nothing new, sticky clients included, as long as
	 * anything else can answer.
	 */
	DRAIN,

	/** Gets nothing, even if the answer is then an error. */
	MAINTENANCE,

	/** Gets nothing until no ready instance is left. */
	STANDBY;

	/** The name in properties, in the management API and in what instances announce. */
	public String text() {
		return name().toLowerCase(Locale.ROOT);
	}

}
