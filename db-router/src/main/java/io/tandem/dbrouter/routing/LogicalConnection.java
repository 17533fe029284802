package io.tandem.dbrouter.routing;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLWarning;
import java.sql.Savepoint;
import java.util.concurrent.Executor;

import io.tandem.dbrouter.jdbc.ForwardingConnection;
import org.jspecify.annotations.Nullable;

/**
 * What of a connection needs no node: its settings, its life and the end of its
 * transactions. Whatever is not answered here is for the node of the present unit of
 * work.
 */
abstract class LogicalConnection extends ForwardingConnection {

	private final RoutingDataSource dataSource;

	private final Router router;

	private final ConnectionSettings settings;

	private final CurrentUse use;

	private boolean closed;

	LogicalConnection(RoutingDataSource dataSource, Router router, ConnectionSettings settings) {
		this.dataSource = dataSource;
		this.router = router;
		this.settings = settings;
		this.use = new CurrentUse(router.connections(), settings);
	}

	@Override
	protected final Connection delegate() throws SQLException {
		RoutedUse current = current();
		current.touch();
		return current.connection();
	}

	final RoutedUse current() throws SQLException {
		checkOpen();
		return this.use.get();
	}

	final void checkOpen() throws SQLException {
		if (this.closed) {
			throw new SQLNonTransientConnectionException("The connection is closed", "08003");
		}
	}

	final CurrentUse use() {
		return this.use;
	}

	/** The connection of the present unit of work, {@code null} between two. */
	final @Nullable Connection physical() {
		return this.use.physical();
	}

	@Override
	public boolean getAutoCommit() throws SQLException {
		checkOpen();
		return this.settings.autoCommit();
	}

	@Override
	public void setAutoCommit(boolean autoCommit) throws SQLException {
		checkOpen();
		this.use.setAutoCommit(autoCommit);
	}

	@Override
	public void commit() throws SQLException {
		checkOpen();
		this.use.commit();
	}

	@Override
	public void rollback() throws SQLException {
		checkOpen();
		this.use.rollback();
	}

	@Override
	public void rollback(Savepoint savepoint) throws SQLException {
		RoutedUse current = current();
		current.touch();
		try {
			current.connection().rollback(savepoint);
		}
		catch (SQLException ex) {
			throw current.translate(ex);
		}
	}

	@Override
	public boolean isReadOnly() throws SQLException {
		checkOpen();
		return this.settings.readOnly();
	}

	@Override
	public void setReadOnly(boolean readOnly) throws SQLException {
		checkOpen();
		this.settings.readOnly(readOnly);
	}

	@Override
	public int getTransactionIsolation() throws SQLException {
		checkOpen();
		Integer isolation = this.settings.isolation();
		return (isolation != null) ? isolation : this.router.topology().transactionIsolation();
	}

	@Override
	public void setTransactionIsolation(int level) throws SQLException {
		checkOpen();
		this.settings.isolation(level);
		Connection physical = physical();
		if (physical != null) {
			ConnectionSettings.applyIsolation(physical, level);
		}
	}

	@Override
	public String getCatalog() throws SQLException {
		checkOpen();
		String catalog = this.settings.catalog();
		return (catalog != null) ? catalog : this.dataSource.defaultDatabase();
	}

	@Override
	public void setCatalog(String catalog) throws SQLException {
		checkOpen();
		this.settings.catalog(catalog);
		Connection physical = physical();
		if (physical != null) {
			physical.setCatalog(catalog);
		}
	}

	@Override
	public @Nullable String getSchema() throws SQLException {
		checkOpen();
		return null;
	}

	@Override
	public void setSchema(String schema) throws SQLException {
		checkOpen();
	}

	@Override
	public void beginRequest() {
		// The pool of the node does what is to be done.
	}

	@Override
	public void endRequest() {
		// The same.
	}

	@Override
	public int getHoldability() throws SQLException {
		checkOpen();
		return this.settings.holdability();
	}

	@Override
	public void setHoldability(int holdability) throws SQLException {
		checkOpen();
		this.settings.holdability(holdability);
	}

	@Override
	public @Nullable SQLWarning getWarnings() throws SQLException {
		checkOpen();
		Connection physical = physical();
		return (physical != null) ? physical.getWarnings() : null;
	}

	@Override
	public void clearWarnings() throws SQLException {
		checkOpen();
		Connection physical = physical();
		if (physical != null) {
			physical.clearWarnings();
		}
	}

	@Override
	public boolean isValid(int seconds) throws SQLException {
		Connection physical = physical();
		return !this.closed && (physical == null || physical.isValid(seconds));
	}

	@Override
	public boolean isClosed() {
		return this.closed;
	}

	@Override
	public void close() {
		this.closed = true;
		this.use.release();
	}

	@Override
	public void abort(Executor executor) throws SQLException {
		Connection physical = physical();
		if (physical != null) {
			physical.abort(executor);
		}
		close();
	}

	@Override
	public String toString() {
		RoutedUse current = this.use.peek();
		return "RoutedConnection@" + Integer.toHexString(System.identityHashCode(this))
				+ ((current != null) ? " on " + current : " without a node");
	}

}
