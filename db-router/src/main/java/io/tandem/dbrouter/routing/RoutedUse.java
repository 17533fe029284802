package io.tandem.dbrouter.routing;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

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

	private final Place place;

	private final boolean inSpringTransaction = TransactionView.isActive();

	private boolean autoCommit;

	private boolean broken;

	private boolean guarded;

	private boolean touched;

	private Runnable atEnd = RouteListener.NOTHING;

	RoutedUse(NodeConnections origin, Route route, Connection connection, Place place) {
		this.origin = origin;
		this.route = route;
		this.connection = connection;
		this.place = place;
	}

	Connection connection() {
		return this.connection;
	}

	Route route() {
		return this.route;
	}

	/** What listeners do when the connection was given back. */
	void atEnd(Runnable work) {
		this.atEnd = work;
	}

	/** From now on there may be something to commit or to roll back. */
	void touch() {
		this.touched = true;
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

	/**
	 * A procedure is called in a read-only transaction: nobody knows whether it writes,
	 * and this may be the primary, or a replica that was not made read-only. So the
	 * server begins a read-only transaction. Rows read before are read anew.
	 */
	void beforeCall() throws SQLException {
		if (this.route.isRead() && !this.guarded) {
			try (Statement statement = this.connection.createStatement()) {
				statement.execute("START TRANSACTION READ ONLY");
				this.guarded = true;
			}
			catch (SQLException ex) {
				throw translate(ex);
			}
		}
	}

	void commit() throws SQLException {
		if (!this.touched) {
			return;
		}
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
		if (this.broken || !this.touched) {
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
		if (this.route.isRead()) {
			this.connection.unwrap(PhysicalConnection.class).doNotAwaitNextEnd();
		}
	}

	/** Gives the connection back; never fails, for the work is done. */
	void release() {
		discard();
		this.origin.events().used(this.route, this.place.takenAt(), this.atEnd);
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
			this.place.leave();
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
