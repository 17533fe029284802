package io.tandem.gateway.balance;

import java.util.Locale;

/**
 * What happens when an active instance returns while a standby one serves.
 */
public enum FailBack {

	/** The active instance takes over at once. */
	AUTOMATIC,

	/** The standby serves on until an operator asks for the change, or until it fails. */
	MANUAL;

	public String text() {
		return name().toLowerCase(Locale.ROOT);
	}

}
