package io.tandem.webapp.link;

/**
 * Thrown when the wished code belongs to another link.
 */
public final class CodeTakenException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	CodeTakenException(ShortCode code) {
		super("The code " + code + " is taken. Choose another one or let one be chosen.");
	}

}
