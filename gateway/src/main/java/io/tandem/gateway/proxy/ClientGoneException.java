package io.tandem.gateway.proxy;

/**
 * Thrown when reading the body of a request from the client failed. Keeps the client's
 * failures apart from the instance's, which look the same on the wire.
 */
final class ClientGoneException extends RuntimeException {

	ClientGoneException(Throwable cause) {
		super("The client went away while sending its request", cause, false, false);
	}

}
