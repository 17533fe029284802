package io.tandem.gateway.balance;

/**
 * How an attempt at an instance can fail. The two flags carry the whole retry policy:
 * what was never sent may be sent elsewhere, whatever the method.
 */
public enum Failure {

	/** No connection: refused, timed out, no such host. */
	UNREACHABLE("unreachable", false, true),

	/** Every pooled connection to the instance is in use, and none came free in time. */
	BUSY("busy", false, false),

	/** The connection was reset or closed before the response was complete. */
	BROKEN("broken", true, true),

	/** The instance accepted the request and did not answer in time. */
	TIMED_OUT("timed-out", true, false),

	/** The instance answered something that is not HTTP. */
	INVALID_RESPONSE("invalid-response", true, false);

	private final String reason;

	private final boolean sent;

	private final boolean suspicious;

	Failure(String reason, boolean sent, boolean suspicious) {
		this.reason = reason;
		this.sent = sent;
		this.suspicious = suspicious;
	}

	/**
	 * The name of this failure in metrics and in the header {@code X-Gateway-Error}.
	 */
	public String reason() {
		return reason;
	}

	/**
	 * Whether the instance may have received, and executed, some of the request.
	 */
	public boolean sent() {
		return sent;
	}

	/**
	 * Whether the instance leaves the rotation until health checks pass again. A slow
	 * answer or a bad one may be the fault of this one request.
	 */
	public boolean suspicious() {
		return suspicious;
	}

}
