package io.tandem.dbrouter.routing;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import io.tandem.dbrouter.jdbc.ForwardingStatement;
import org.jspecify.annotations.Nullable;

/**
 * A statement on the node of its unit of work: checks what it sends and draws the
 * conclusions from errors.
 */
class RoutedStatement extends ForwardingStatement {

	private final RoutedConnection connection;

	private final RoutedUse use;

	private final @Nullable String prepared;

	private final Statement delegate;

	/**
	 * Creates the statement.
	 * @param connection the connection it was made on
	 * @param use the unit of work it belongs to
	 * @param prepared its SQL, {@code null} if it gets it when it is executed
	 * @param delegate the node's statement
	 */
	RoutedStatement(RoutedConnection connection, RoutedUse use, @Nullable String prepared, Statement delegate) {
		this.connection = connection;
		this.use = use;
		this.prepared = prepared;
		this.delegate = delegate;
	}

	@Override
	protected Statement delegate() {
		return this.delegate;
	}

	@Override
	public final Connection getConnection() {
		return this.connection;
	}

	/** Before each execution of a prepared statement: its transaction may be another. */
	final void beforePrepared() throws SQLException {
		if (this.prepared != null) {
			before(this.prepared);
		}
		else {
			this.connection.beforeExecution(this.use);
		}
	}

	private void before(String sql) throws SQLException {
		boolean calls = WriteGuard.check(sql);
		this.connection.beforeExecution(this.use);
		if (calls) {
			this.use.beforeCall();
		}
	}

	final SQLException translate(SQLException ex) {
		return this.use.translate(ex);
	}

	private <T> T executing(String sql, Sending<T> sending) throws SQLException {
		before(sql);
		try {
			return sending.send();
		}
		catch (SQLException ex) {
			throw translate(ex);
		}
	}

	@Override
	public final void addBatch(String sql) throws SQLException {
		if (WriteGuard.check(sql)) {
			this.use.beforeCall();
		}
		this.delegate.addBatch(sql);
	}

	@Override
	public final int[] executeBatch() throws SQLException {
		beforePrepared();
		try {
			return this.delegate.executeBatch();
		}
		catch (SQLException ex) {
			throw translate(ex);
		}
	}

	@Override
	public final long[] executeLargeBatch() throws SQLException {
		beforePrepared();
		try {
			return this.delegate.executeLargeBatch();
		}
		catch (SQLException ex) {
			throw translate(ex);
		}
	}

	@Override
	public final ResultSet executeQuery(String sql) throws SQLException {
		return executing(sql, () -> this.delegate.executeQuery(sql));
	}

	@Override
	public final boolean execute(String sql) throws SQLException {
		return executing(sql, () -> this.delegate.execute(sql));
	}

	@Override
	public final boolean execute(String sql, int keys) throws SQLException {
		return executing(sql, () -> this.delegate.execute(sql, keys));
	}

	@Override
	public final boolean execute(String sql, int[] keys) throws SQLException {
		return executing(sql, () -> this.delegate.execute(sql, keys));
	}

	@Override
	public final boolean execute(String sql, String[] keys) throws SQLException {
		return executing(sql, () -> this.delegate.execute(sql, keys));
	}

	@Override
	public final int executeUpdate(String sql) throws SQLException {
		return executing(sql, () -> this.delegate.executeUpdate(sql));
	}

	@Override
	public final int executeUpdate(String sql, int keys) throws SQLException {
		return executing(sql, () -> this.delegate.executeUpdate(sql, keys));
	}

	@Override
	public final int executeUpdate(String sql, int[] keys) throws SQLException {
		return executing(sql, () -> this.delegate.executeUpdate(sql, keys));
	}

	@Override
	public final int executeUpdate(String sql, String[] keys) throws SQLException {
		return executing(sql, () -> this.delegate.executeUpdate(sql, keys));
	}

	@Override
	public final long executeLargeUpdate(String sql) throws SQLException {
		return executing(sql, () -> this.delegate.executeLargeUpdate(sql));
	}

	@Override
	public final long executeLargeUpdate(String sql, int keys) throws SQLException {
		return executing(sql, () -> this.delegate.executeLargeUpdate(sql, keys));
	}

	@Override
	public final long executeLargeUpdate(String sql, int[] keys) throws SQLException {
		return executing(sql, () -> this.delegate.executeLargeUpdate(sql, keys));
	}

	@Override
	public final long executeLargeUpdate(String sql, String[] keys) throws SQLException {
		return executing(sql, () -> this.delegate.executeLargeUpdate(sql, keys));
	}

	@FunctionalInterface
	private interface Sending<T> {

		T send() throws SQLException;

	}

}
