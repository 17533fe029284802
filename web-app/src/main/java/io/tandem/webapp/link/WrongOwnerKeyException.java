package io.tandem.webapp.link;

/**
 * Thrown when the owner key belongs to another link.
 */
public final class WrongOwnerKeyException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	WrongOwnerKeyException(ShortCode code) {
		super("This is not the owner key of the link " + code + ".");
	}

}
