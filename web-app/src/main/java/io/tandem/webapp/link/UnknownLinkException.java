package io.tandem.webapp.link;

/**
 * Thrown when no link has the code.
 */
public final class UnknownLinkException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates the exception.
	 * @param code the code that no link has
	 */
	public UnknownLinkException(ShortCode code) {
		super("There is no link with the code " + code + ".");
	}

}
