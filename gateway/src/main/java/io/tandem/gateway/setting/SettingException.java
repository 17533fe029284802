package io.tandem.gateway.setting;

/**
 * Thrown when the gateway cannot start as it is configured.
 */
public final class SettingException extends RuntimeException {

	private final String action;

	/**
	 * Creates the exception.
	 * @param description what is wrong, in the words of whoever wrote the configuration
	 * @param action what to set
	 */
	public SettingException(String description, String action) {
		super(description);
		this.action = action;
	}

	String action() {
		return action;
	}

}
