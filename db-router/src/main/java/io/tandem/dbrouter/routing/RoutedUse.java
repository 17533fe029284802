package io.tandem.dbrouter.routing;

import java.sql.Connection;
import java.sql.SQLException;

import io.tandem.dbrouter.wire.PhysicalConnection;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * A physical connection held for one unit of work: a transaction or a phase of
 * auto-commit. Used by one thread at a time, as its connection is.
 */
final class RoutedUse {

	private static final Log logger = LogFactory.getLog(RoutedUse.class);

	private final NodeConnections origin;

	private final Route route;

	private final Connection connection;

	private final long takenAt;

	private final boolean inSpringTransaction = TransactionView.isActive();

	private boolean autoCommit;

	private boolean broken;

	RoutedUse(NodeConnections origin, Route route, Connection connection, long takenAt) {
		this.origin = origin;
		this.route = route;
		this.connection = connection;
		this.takenAt = takenAt;
		route.member().active().incrementAndGet();
	}

	Connection connection() {
		return this.connection;
	}

	Route route() {
		return this.route;
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
			doNotAwaitEndOfRead();
			this.connection.commit();
		}
		catch (SQLException ex) {
			SQLException reported = translate(ex);
			if (!this.route.isRead()) {
				// A lost connection leaves the outcome unknown: nobody may take this for
				// "not written".
				throw this.broken ? ex : reported;
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
			doNotAwaitEndOfRead();
			this.connection.rollback();
		}
		catch (SQLException ex) {
			translate(ex);
			if (!this.broken) {
				throw ex;
			}
			logger.debug("The connection was lost before the rollback", ex);
		}
	}

	private void doNotAwaitEndOfRead() throws SQLException {
		if (this.route.isRead() && this.origin.settings().deferCommits()) {
			this.connection.unwrap(PhysicalConnection.class).doNotAwaitNextEnd();
		}
	}

	/** Gives the connection back; never fails, for the work is done. */
	void release() {
		discard();
		this.origin.events().used(this.route, this.takenAt);
	}

	/** Gives the connection back that was not used for the work. */
	void discard() {
		try {
			this.connection.close();
		}
		catch (SQLException ex) {
			translate(ex);
			logger.debug("Could not give back a connection to " + this.route.node(), ex);
		}
		finally {
			this.route.member().active().decrementAndGet();
		}
	}

	/**
	 * Draws the conclusions from an error of the node.
	 * @param ex what the driver threw
	 * @return what the caller shall get
	 */
	SQLException translate(SQLException ex) {
		return switch (NodeFailure.of(ex, this.route.isRead())) {
			case CONNECTION -> {
				this.broken = true;
				this.origin.suspect(this.route.node());
				// An auto-committed statement may have been executed: its caller must
				// know.
				yield (this.route.isRead() || this.autoCommit) ? ex : NodeFailure.lost(this.route, ex);
			}
			case WRITE_IN_READ -> NodeFailure.wroteInRead(ex);
			case NO_LONGER_PRIMARY -> {
				this.origin.probeAll();
				yield NodeFailure.demoted(this.route, ex);
			}
			case OF_THE_STATEMENT -> ex;
		};
	}

	@Override
	public String toString() {
		return this.route.node() + " (" + this.route.role() + ")";
	}

}
