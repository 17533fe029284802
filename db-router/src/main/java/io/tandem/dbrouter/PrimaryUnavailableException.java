package io.tandem.dbrouter;

import java.sql.SQLTransientConnectionException;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a write is asked for and no primary is reachable. SQLState 08001. In a
 * Spring application it is the root cause of the exception that arrives (a
 * {@code CannotCreateTransactionException}, {@code DataAccessException} or
 * {@code JDBCConnectionException}).
 */
public final class PrimaryUnavailableException extends SQLTransientConnectionException {

	/**
	 * The SQLState of this exception: the connection could not be established.
	 */
	public static final String SQL_STATE = "08001";

	private static final long serialVersionUID = 1L;

	/**
	 * Creates the exception. The last error of a node belongs into the message: a cause
	 * would no longer let this be the root cause.
	 * @param message what was tried and what each node last answered
	 * @param lastError the last error, kept as a suppressed exception
	 */
	public PrimaryUnavailableException(String message, @Nullable Throwable lastError) {
		super(message, SQL_STATE);
		if (lastError != null) {
			addSuppressed(lastError);
		}
	}

}
