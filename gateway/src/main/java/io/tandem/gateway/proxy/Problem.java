package io.tandem.gateway.proxy;

import org.springframework.http.HttpStatus;

/**
 * An error that the gateway itself answers, as problem details (RFC 9457).
 */
final class Problem extends RuntimeException {

	private final HttpStatus status;

	private final String reason;

	/**
	 * Creates the problem.
	 * @param reason stable name of the reason, sent as {@code X-Gateway-Error}
	 * @param detail what happened, for a person
	 */
	Problem(HttpStatus status, String reason, String detail) {
		// Expected, often and under load: no stack trace.
		super(detail, null, false, false);
		this.status = status;
		this.reason = reason;
	}

	HttpStatus status() {
		return status;
	}

	String reason() {
		return reason;
	}

	String detail() {
		return String.valueOf(getMessage());
	}

}
