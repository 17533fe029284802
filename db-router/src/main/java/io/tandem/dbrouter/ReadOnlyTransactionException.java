package io.tandem.dbrouter;

import java.sql.SQLNonTransientException;

/**
 * Thrown when a statement would write inside a read-only transaction. The statement is
 * not sent. SQLState 25006.
 */
public final class ReadOnlyTransactionException extends SQLNonTransientException {

	/**
	 * The SQLState of this exception: read-only SQL-transaction.
	 */
	public static final String SQL_STATE = "25006";

	private static final long serialVersionUID = 1L;

	/**
	 * Creates the exception.
	 * @param message which statement was refused in which transaction
	 */
	public ReadOnlyTransactionException(String message) {
		super(message, SQL_STATE);
	}

}
