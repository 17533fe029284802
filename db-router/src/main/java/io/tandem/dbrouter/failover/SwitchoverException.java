package io.tandem.dbrouter.failover;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a switchover is not possible or did not succeed. The message says why and
 * in which state it leaves the servers.
 */
public final class SwitchoverException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	SwitchoverException(String message) {
		this(message, null);
	}

	SwitchoverException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
