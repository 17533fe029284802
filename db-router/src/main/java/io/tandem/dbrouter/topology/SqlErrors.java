package io.tandem.dbrouter.topology;

import java.sql.SQLException;
import java.util.Set;

/**
 * Tells what a MySQL error means for the node it came from.
 */
public final class SqlErrors {

	private static final int TOO_MANY_CONNECTIONS = 1040;

	private static final int OPTION_PREVENTS_STATEMENT = 1290;

	private static final int READ_ONLY_TRANSACTION = 1792;

	private static final int READ_ONLY_MODE = 1836;

	/**
	 * 1053 shutdown in progress, 3169 session killed, 3032 offline mode, 4094 nothing is
	 * executed, for another member of the group is being made the primary.
	 */
	private static final Set<Integer> CONNECTION_ENDED = Set.of(1053, 3169, 3032, 4094);

	private SqlErrors() {
	}

	/**
	 * Whether the connection is lost or could not be made: the node must be looked at.
	 * @param ex the error
	 * @return {@code true} if it is about the connection, not about the statement
	 */
	public static boolean isConnectionFailure(SQLException ex) {
		String state = ex.getSQLState();
		return (state != null && state.startsWith("08") && ex.getErrorCode() != TOO_MANY_CONNECTIONS)
				|| CONNECTION_ENDED.contains(ex.getErrorCode());
	}

	/**
	 * Whether the server refused a write because it is read-only. Error 1290 has many
	 * reasons, therefore its text decides.
	 * @param ex the error
	 * @return {@code true} if the server is no primary (any more)
	 */
	public static boolean isReadOnlyServer(SQLException ex) {
		String message = ex.getMessage();
		return ex.getErrorCode() == READ_ONLY_MODE
				|| (ex.getErrorCode() == OPTION_PREVENTS_STATEMENT && message != null && message.contains("read-only"));
	}

	/**
	 * Whether the server has no connection left: it is busy, not gone.
	 * @param ex the error
	 * @return {@code true} for error 1040
	 */
	public static boolean isTooManyConnections(SQLException ex) {
		return ex.getErrorCode() == TOO_MANY_CONNECTIONS;
	}

	/**
	 * Whether the server refused a write because the transaction is read-only.
	 * @param ex the error
	 * @return {@code true} for error 1792
	 */
	public static boolean isReadOnlyTransaction(SQLException ex) {
		return ex.getErrorCode() == READ_ONLY_TRANSACTION;
	}

	/**
	 * One line about an error: the driver's first line without its advice.
	 * @param ex the error
	 * @return the line
	 */
	public static String oneLine(Throwable ex) {
		Throwable last = ex;
		for (Throwable cause = ex.getCause(); cause != null; cause = cause.getCause()) {
			last = cause;
		}
		String text = (last.getMessage() != null) ? last.getMessage() : last.getClass().getSimpleName();
		return text.lines().map(String::strip).filter((line) -> !line.isEmpty()).findFirst().orElse("no message");
	}

}
