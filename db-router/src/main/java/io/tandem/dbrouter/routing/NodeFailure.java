package io.tandem.dbrouter.routing;

import java.sql.SQLException;

import io.tandem.dbrouter.PrimaryUnavailableException;
import io.tandem.dbrouter.ReadOnlyTransactionException;
import io.tandem.dbrouter.topology.SqlErrors;

/**
 * What an error of a node means for the unit of work on it.
 */
enum NodeFailure {

	/** The connection is lost. */
	CONNECTION,

	/** A read-only transaction tried to write, and the server refused. */
	WRITE_IN_READ,

	/** The node was the primary and is not any more. */
	NO_LONGER_PRIMARY,

	/** Nothing: it is about the statement. */
	OF_THE_STATEMENT;

	static NodeFailure of(SQLException ex, boolean read) {
		if (SqlErrors.isConnectionFailure(ex)) {
			return CONNECTION;
		}
		if (read && (SqlErrors.isReadOnlyServer(ex) || SqlErrors.isReadOnlyTransaction(ex))) {
			return WRITE_IN_READ;
		}
		return SqlErrors.isReadOnlyServer(ex) ? NO_LONGER_PRIMARY : OF_THE_STATEMENT;
	}

	static SQLException lost(Route route, SQLException ex) {
		return new PrimaryUnavailableException(
				"The connection to the primary " + route.node()
						+ " was lost before the commit, so nothing was written. Last error: " + SqlErrors.oneLine(ex),
				ex);
	}

	static SQLException demoted(Route route, SQLException ex) {
		return new PrimaryUnavailableException(
				route.node() + " was the primary and refuses writes now: " + SqlErrors.oneLine(ex), ex);
	}

	static SQLException wroteInRead(SQLException ex) {
		SQLException failure = new ReadOnlyTransactionException(
				"A statement tried to write in the read-only transaction " + TransactionView.name() + ": "
						+ SqlErrors.oneLine(ex));
		failure.addSuppressed(ex);
		return failure;
	}

}
