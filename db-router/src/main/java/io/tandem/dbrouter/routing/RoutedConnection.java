package io.tandem.dbrouter.routing;

import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

import com.mysql.cj.jdbc.ConnectionImpl;
import org.jspecify.annotations.Nullable;

/**
 * A connection that is none until the first statement. The physical connection it then
 * takes serves one unit of work: inside a Spring transaction until commit or rollback,
 * although this connection may live on and serve the next transaction on another node.
 */
final class RoutedConnection extends LogicalConnection {

	private final Router router;

	private @Nullable RoutedMetaData metaData;

	RoutedConnection(RoutingDataSource dataSource, Router router) {
		super(dataSource, router, new ConnectionSettings());
		this.router = router;
	}

	void beforeExecution(RoutedUse executing) throws SQLException {
		use().beforeExecution(executing);
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
		RoutedUse current = current();
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
		RoutedUse current = current();
		try {
			return RoutedCall.wrap(this, current, sql, preparing.prepareOn(current.connection()));
		}
		catch (SQLException ex) {
			throw current.translate(ex);
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
	public void close() {
		super.close();
		if (this.metaData != null) {
			this.metaData.close();
		}
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
		return type.isInstance(this) ? type.cast(this) : delegate().unwrap(type);
	}

	@FunctionalInterface
	private interface Preparing<S extends Statement> {

		S prepareOn(Connection connection) throws SQLException;

	}

}
