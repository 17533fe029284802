package io.tandem.dbrouter.routing;

import java.sql.Connection;
import java.sql.SQLException;

import org.jspecify.annotations.Nullable;

/**
 * The unit of work that a logical connection is in: none before the first statement and,
 * inside of Spring transactions, between two of them. Outside of a Spring transaction it
 * lasts until the logical connection is closed, because plain JDBC code reuses its
 * statements across commits.
 */
final class CurrentUse {

	private final NodeConnections connections;

	private final ConnectionSettings settings;

	private @Nullable RoutedUse use;

	CurrentUse(NodeConnections connections, ConnectionSettings settings) {
		this.connections = connections;
		this.settings = settings;
	}

	/**
	 * The unit of work this thread's statement belongs to, begun now if there is none.
	 */
	RoutedUse get() throws SQLException {
		RoutedUse current = this.use;
		if (current != null && belongsToFormerWork(current)) {
			release();
			current = null;
		}
		if (current == null) {
			current = this.connections.take(this.settings::applyTo);
			this.use = current;
		}
		else {
			current.setAutoCommit(this.settings.autoCommit());
		}
		return current;
	}

	/**
	 * Open-in-view: a lazy load outside of a transaction left its connection here, and
	 * now a transaction begins.
	 */
	private boolean belongsToFormerWork(RoutedUse current) {
		return !current.isInSpringTransaction() && current.isAutoCommit() && !this.settings.autoCommit()
				&& TransactionView.isActive();
	}

	@Nullable RoutedUse peek() {
		return this.use;
	}

	/** The connection of the present unit of work, {@code null} between two. */
	@Nullable Connection physical() {
		RoutedUse current = this.use;
		if (current == null) {
			return null;
		}
		current.touch();
		return current.connection();
	}

	void setAutoCommit(boolean autoCommit) throws SQLException {
		RoutedUse current = this.use;
		if (autoCommit && !this.settings.autoCommit() && current != null) {
			// JDBC: turning it on in a transaction commits.
			if (current.isInSpringTransaction()) {
				commit();
			}
			else {
				current.setAutoCommit(true);
			}
		}
		// Turning it off is sent with the next statement: by then it is known whether a
		// Spring transaction has begun, which takes a node of its own.
		this.settings.autoCommit(autoCommit);
	}

	@SuppressWarnings("ReferenceEquality")
	void beforeExecution(RoutedUse executing) throws SQLException {
		executing.touch();
		if (executing == this.use) {
			executing.setAutoCommit(this.settings.autoCommit());
		}
	}

	void commit() throws SQLException {
		RoutedUse current = this.use;
		if (current != null) {
			try {
				current.commit();
			}
			finally {
				endOfTransaction(current);
			}
		}
	}

	void rollback() throws SQLException {
		RoutedUse current = this.use;
		if (current != null) {
			try {
				current.rollback();
			}
			finally {
				endOfTransaction(current);
			}
		}
	}

	private void endOfTransaction(RoutedUse current) {
		if (current.isInSpringTransaction()) {
			release();
		}
	}

	void release() {
		RoutedUse current = this.use;
		this.use = null;
		if (current != null) {
			current.release();
		}
	}

}
