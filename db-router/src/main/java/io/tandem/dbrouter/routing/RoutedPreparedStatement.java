package io.tandem.dbrouter.routing;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * A prepared statement on the node of its unit of work.
 */
final class RoutedPreparedStatement extends ForwardingPreparedStatement {

	RoutedPreparedStatement(RoutedConnection connection, RoutedUse use, String sql, PreparedStatement delegate) {
		super(connection, use, sql, delegate);
	}

	@Override
	public boolean execute() throws SQLException {
		beforePrepared();
		try {
			return delegate().execute();
		}
		catch (SQLException ex) {
			throw translate(ex);
		}
	}

	@Override
	public ResultSet executeQuery() throws SQLException {
		beforePrepared();
		try {
			return delegate().executeQuery();
		}
		catch (SQLException ex) {
			throw translate(ex);
		}
	}

	@Override
	public int executeUpdate() throws SQLException {
		beforePrepared();
		try {
			return delegate().executeUpdate();
		}
		catch (SQLException ex) {
			throw translate(ex);
		}
	}

	@Override
	public long executeLargeUpdate() throws SQLException {
		beforePrepared();
		try {
			return delegate().executeLargeUpdate();
		}
		catch (SQLException ex) {
			throw translate(ex);
		}
	}

}
