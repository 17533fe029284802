package io.tandem.dbrouter;

import java.sql.SQLTransientException;

/**
 * Thrown when a read found no replica and as many reads as allowed are on the primary
 * already. SQLState 53000: it may be tried again later.
 */
public final class ReadFallbackLimitException extends SQLTransientException {

	/**
	 * The SQLState of this exception: insufficient resources.
	 */
	public static final String SQL_STATE = "53000";

	private static final long serialVersionUID = 1L;

	/**
	 * Creates the exception.
	 * @param message how many reads are allowed
	 */
	public ReadFallbackLimitException(String message) {
		super(message, SQL_STATE);
	}

}
