package io.tandem.dbrouter.routing;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

import io.tandem.dbrouter.NodeUse;
import io.tandem.dbrouter.PrimaryUnavailableException;
import io.tandem.dbrouter.ReadOnlyTransactionException;
import io.tandem.dbrouter.topology.SqlErrors;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * A physical connection held for one unit of work: a transaction or a phase of
 * auto-commit. Used by one thread at a time, as its connection is.
 */
final class RoutedUse {

	private static final Log logger = LogFactory.getLog(RoutedUse.class);

	private final Router router;

	private final Route route;

	private final Connection connection;

	private final long takenAt;

	private final boolean inSpringTransaction = TransactionView.isActive();

	private boolean autoCommit;

	private boolean broken;

	RoutedUse(Router router, Route route, Connection connection, long takenAt) {
		this.router = router;
		this.route = route;
		this.connection = connection;
		this.takenAt = takenAt;
	}

	Connection connection() {
		return this.connection;
	}

	boolean isInSpringTransaction() {
		return this.inSpringTransaction;
	}

	boolean isAutoCommit() {
		return this.autoCommit;
	}

	/** The pool's connections come with auto-commit off. */
	void setAutoCommit(boolean autoCommit) throws SQLException {
		if (this.autoCommit != autoCommit) {
			this.connection.setAutoCommit(autoCommit);
			this.autoCommit = autoCommit;
		}
	}

	void commit() throws SQLException {
		try {
			this.connection.commit();
		}
		catch (SQLException ex) {
			SQLException reported = report(ex);
			if (!this.route.isRead()) {
				// Its outcome is unknown: nobody may take this for "not written".
				throw ex;
			}
			if (!this.broken) {
				throw reported;
			}
			logger.debug("A read-only transaction lost its connection after its last statement", ex);
		}
	}

	/** A lost connection needs no rollback: the server has done it. */
	void rollback() throws SQLException {
		if (this.broken) {
			return;
		}
		try {
			this.connection.rollback();
		}
		catch (SQLException ex) {
			report(ex);
			if (!this.broken) {
				throw ex;
			}
			logger.debug("The connection was lost before the rollback", ex);
		}
	}

	/** Gives the connection back; never fails, for the work is done. */
	void release() {
		try {
			this.connection.close();
		}
		catch (SQLException ex) {
			report(ex);
			logger.debug("Could not give back a connection to " + this.route.node(), ex);
		}
		finally {
			this.router.used(new NodeUse(this.route.node().name(), this.route.role(),
					Duration.ofNanos(System.nanoTime() - this.takenAt)));
		}
	}

	/**
	 * Draws the conclusions from an error of a statement.
	 * @param ex what the driver threw
	 * @return what the caller shall get
	 */
	SQLException translate(SQLException ex) {
		return report(ex);
	}

	private SQLException report(SQLException ex) {
		if (SqlErrors.isConnectionFailure(ex)) {
			this.broken = true;
			this.router.suspect(this.route.node());
			// An auto-committed statement may have been executed: its caller must know.
			return (this.route.isRead() || this.autoCommit) ? ex
					: new PrimaryUnavailableException("The connection to the primary " + this.route.node()
							+ " was lost before the commit, so nothing was written. Last error: "
							+ SqlErrors.oneLine(ex), ex);
		}
		if (this.route.isRead() && (SqlErrors.isReadOnlyServer(ex) || SqlErrors.isReadOnlyTransaction(ex))) {
			return withSuppressed(
					new ReadOnlyTransactionException("A statement tried to write in the read-only transaction "
							+ TransactionView.name() + ": " + SqlErrors.oneLine(ex)),
					ex);
		}
		if (SqlErrors.isReadOnlyServer(ex)) {
			this.router.probeAll();
			return new PrimaryUnavailableException(
					this.route.node() + " was the primary and refuses writes now: " + SqlErrors.oneLine(ex), ex);
		}
		return ex;
	}

	private static SQLException withSuppressed(SQLException failure, SQLException reason) {
		failure.addSuppressed(reason);
		return failure;
	}

	@Override
	public String toString() {
		return this.route.node() + " (" + this.route.role() + ")";
	}

}
