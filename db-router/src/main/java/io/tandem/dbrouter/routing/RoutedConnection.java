package io.tandem.dbrouter.routing;

import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLWarning;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.concurrent.Executor;

import com.mysql.cj.jdbc.ConnectionImpl;
import io.tandem.dbrouter.jdbc.ForwardingConnection;
import org.jspecify.annotations.Nullable;

/**
 * A connection that is none until the first statement. The physical connection it then
 * takes serves one unit of work: inside a Spring transaction until commit or rollback,
 * although this connection may live on and serve the next transaction on another node.
 */
final class RoutedConnection extends ForwardingConnection {

	private final RoutingDataSource dataSource;

	private final Router router;

	private final ConnectionSettings settings = new ConnectionSettings();

	private final CurrentUse use;

	private @Nullable RoutedMetaData metaData;

	private boolean closed;

	RoutedConnection(RoutingDataSource dataSource, Router router) {
		this.dataSource = dataSource;
		this.router = router;
		this.use = new CurrentUse(router.connections(), this.settings);
	}

	/** Whatever is not answered here is for the node of the present unit of work. */
	@Override
	protected Connection delegate() throws SQLException {
		return current().connection();
	}

	private RoutedUse current() throws SQLException {
		checkOpen();
		return this.use.get();
	}

	private void checkOpen() throws SQLException {
		if (this.closed) {
			throw new SQLNonTransientConnectionException("The connection is closed", "08003");
		}
	}

	void beforeExecution(RoutedUse executing) throws SQLException {
		this.use.beforeExecution(executing);
	}

	@Nullable Connection physical() {
		return this.use.physical();
	}

	@Override
	public Statement createStatement() throws SQLException {
		RoutedUse current = current();
		return wrap(current, current.connection().createStatement());
	}

	@Override
	public Statement createStatement(int type, int concurrency) throws SQLException {
		RoutedUse current = current();
		return wrap(current, current.connection().createStatement(type, concurrency));
	}

	@Override
	public Statement createStatement(int type, int concurrency, int holdability) throws SQLException {
		RoutedUse current = current();
		return wrap(current, current.connection().createStatement(type, concurrency, holdability));
	}

	private Statement wrap(RoutedUse current, Statement target) {
		return new RoutedStatement(this, current, null, target);
	}

	@Override
	public PreparedStatement prepareStatement(String sql) throws SQLException {
		return prepare(sql, (connection) -> connection.prepareStatement(sql));
	}

	@Override
	public PreparedStatement prepareStatement(String sql, int keys) throws SQLException {
		return prepare(sql, (connection) -> connection.prepareStatement(sql, keys));
	}

	@Override
	public PreparedStatement prepareStatement(String sql, int[] keys) throws SQLException {
		return prepare(sql, (connection) -> connection.prepareStatement(sql, keys));
	}

	@Override
	public PreparedStatement prepareStatement(String sql, String[] keys) throws SQLException {
		return prepare(sql, (connection) -> connection.prepareStatement(sql, keys));
	}

	@Override
	public PreparedStatement prepareStatement(String sql, int type, int concurrency) throws SQLException {
		return prepare(sql, (connection) -> connection.prepareStatement(sql, type, concurrency));
	}

	@Override
	public PreparedStatement prepareStatement(String sql, int type, int concurrency, int holdability)
			throws SQLException {
		return prepare(sql, (connection) -> connection.prepareStatement(sql, type, concurrency, holdability));
	}

	private PreparedStatement prepare(String sql, Preparing<PreparedStatement> preparing) throws SQLException {
		checkOpen();
		WriteGuard.check(sql);
		RoutedUse current = this.use.get();
		try {
			return new RoutedPreparedStatement(this, current, sql, preparing.prepareOn(current.connection()));
		}
		catch (SQLException ex) {
			throw current.translate(ex);
		}
	}

	@Override
	public CallableStatement prepareCall(String sql) throws SQLException {
		return call(sql, (connection) -> connection.prepareCall(sql));
	}

	@Override
	public CallableStatement prepareCall(String sql, int type, int concurrency) throws SQLException {
		return call(sql, (connection) -> connection.prepareCall(sql, type, concurrency));
	}

	@Override
	public CallableStatement prepareCall(String sql, int type, int concurrency, int holdability) throws SQLException {
		return call(sql, (connection) -> connection.prepareCall(sql, type, concurrency, holdability));
	}

	private CallableStatement call(String sql, Preparing<CallableStatement> preparing) throws SQLException {
		checkOpen();
		WriteGuard.check(sql);
		RoutedUse current = this.use.get();
		try {
			return RoutedCall.wrap(this, current, sql, preparing.prepareOn(current.connection()));
		}
		catch (SQLException ex) {
			throw current.translate(ex);
		}
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
	public DatabaseMetaData getMetaData() throws SQLException {
		checkOpen();
		if (this.metaData == null) {
			this.metaData = new RoutedMetaData(this, this.router);
		}
		return this.metaData.proxy();
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
		if (this.metaData != null) {
			this.metaData.close();
		}
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
	public boolean isWrapperFor(Class<?> type) throws SQLException {
		checkOpen();
		Connection physical = physical();
		return type.isInstance(this) || type.isAssignableFrom(ConnectionImpl.class)
				|| (physical != null && physical.isWrapperFor(type));
	}

	@Override
	public <T> T unwrap(Class<T> type) throws SQLException {
		checkOpen();
		return type.isInstance(this) ? type.cast(this) : this.use.get().connection().unwrap(type);
	}

	@Override
	public String toString() {
		RoutedUse current = this.use.peek();
		return "RoutedConnection@" + Integer.toHexString(System.identityHashCode(this))
				+ ((current != null) ? " on " + current : " without a node");
	}

	@FunctionalInterface
	private interface Preparing<S extends Statement> {

		S prepareOn(Connection connection) throws SQLException;

	}

}
