package io.tandem.webapp.link;

/**
 * Thrown when an idempotency key comes again with a different wish.
 */
public final class IdempotencyKeyReusedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	IdempotencyKeyReusedException() {
		super("This Idempotency-Key was used for a link with another URL or code. Use a new key for a new link.");
	}

}
