package io.tandem.webapp.problem;

import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.Optional;
import java.util.function.Predicate;

import io.tandem.dbrouter.PrimaryUnavailableException;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.transaction.CannotCreateTransactionException;

/**
 * Tells what a failure of the database means to the client. All these problems have the
 * status 503 and pass by themselves.
 */
public final class DatabaseProblems {

	/** The connection was lost during COMMIT. */
	private static final String TRANSACTION_RESOLUTION_UNKNOWN = "08007";

	private static final String UNKNOWN_TABLE = "42S02";

	/** ER_OPTION_PREVENTS_STATEMENT: the node that was the primary takes no writes. */
	private static final int READ_ONLY_NODE = 1290;

	private DatabaseProblems() {
	}

	/**
	 * Explains a failure.
	 * @param failure what was thrown
	 * @param write whether something was to be changed
	 * @return the problem, or nothing if the failure is not one of a database that cannot
	 * be used for the moment
	 */
	public static Optional<ProblemDetail> explain(Throwable failure, boolean write) {
		if (write && has(failure, (ex) -> TRANSACTION_RESOLUTION_UNKNOWN.equals(sqlState(ex)))) {
			return problem("outcome-unknown", "Outcome unknown",
					"The connection to the primary database was lost while the change was committed, so it may or may "
							+ "not have been made. Send the same request with the same Idempotency-Key again: "
							+ "it is carried out at most once.");
		}
		if (has(failure, DatabaseProblems::isPrimaryMissing)) {
			return problem("primary-unavailable", "No primary database",
					"The primary database cannot be reached, so nothing was changed. Reading goes on; "
							+ "writing works again as soon as the primary is back.");
		}
		if (has(failure, (ex) -> UNKNOWN_TABLE.equals(sqlState(ex)))) {
			return problem("schema-missing", "Database not set up yet",
					"The tables do not exist yet: they are created as soon as the primary database can be reached.");
		}
		if (has(failure, DatabaseProblems::isUnreachable)) {
			return problem("database-unavailable", "Database not reachable", "No database answered in time"
					+ (write ? ", so nothing was changed" : "") + ". Try again in a moment.");
		}
		return Optional.empty();
	}

	private static boolean isPrimaryMissing(Throwable ex) {
		return ex instanceof PrimaryUnavailableException
				|| (ex instanceof SQLException sql && sql.getErrorCode() == READ_ONLY_NODE);
	}

	private static boolean isUnreachable(Throwable ex) {
		String sqlState = sqlState(ex);
		return ex instanceof SQLTransientException || ex instanceof CannotCreateTransactionException
				|| ex instanceof DataAccessResourceFailureException || ex instanceof TransientDataAccessException
				|| (sqlState != null && sqlState.startsWith("08"));
	}

	private static @Nullable String sqlState(Throwable ex) {
		return (ex instanceof SQLException sql) ? sql.getSQLState() : null;
	}

	private static boolean has(Throwable failure, Predicate<Throwable> test) {
		Throwable cause = failure;
		// A chain that bites its own tail must not keep us here.
		for (int depth = 0; cause != null && depth < 32; depth++) {
			if (test.test(cause)) {
				return true;
			}
			cause = cause.getCause();
		}
		return false;
	}

	private static Optional<ProblemDetail> problem(String type, String title, String detail) {
		return Optional.of(Problems.of(HttpStatus.SERVICE_UNAVAILABLE, type, title, detail));
	}

}
