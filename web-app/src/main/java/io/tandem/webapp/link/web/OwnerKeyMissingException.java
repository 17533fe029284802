package io.tandem.webapp.link.web;

/**
 * Thrown when a link is to be deleted without its owner key.
 */
final class OwnerKeyMissingException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	OwnerKeyMissingException() {
		super("Send the owner key that came with the link: 'Authorization: Bearer ownerKey'.");
	}

}
