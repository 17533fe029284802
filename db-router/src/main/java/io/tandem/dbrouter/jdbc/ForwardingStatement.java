package io.tandem.dbrouter.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;

import org.jspecify.annotations.NullUnmarked;

/**
 * A statement that passes every call on to another one.
 */
@NullUnmarked
@SuppressWarnings("deprecation")
public abstract class ForwardingStatement implements Statement {

	/**
	 * Where calls go.
	 * @return the statement that does the work
	 */
	protected abstract Statement delegate();

	@Override
	public void addBatch(String first) throws SQLException {
		delegate().addBatch(first);
	}

	@Override
	public void cancel() throws SQLException {
		delegate().cancel();
	}

	@Override
	public void clearBatch() throws SQLException {
		delegate().clearBatch();
	}

	@Override
	public void clearWarnings() throws SQLException {
		delegate().clearWarnings();
	}

	@Override
	public void close() throws SQLException {
		delegate().close();
	}

	@Override
	public void closeOnCompletion() throws SQLException {
		delegate().closeOnCompletion();
	}

	@Override
	public String enquoteIdentifier(String first, boolean second) throws SQLException {
		return delegate().enquoteIdentifier(first, second);
	}

	@Override
	public String enquoteLiteral(String first) throws SQLException {
		return delegate().enquoteLiteral(first);
	}

	@Override
	public String enquoteNCharLiteral(String first) throws SQLException {
		return delegate().enquoteNCharLiteral(first);
	}

	@Override
	public boolean execute(String first) throws SQLException {
		return delegate().execute(first);
	}

	@Override
	public boolean execute(String first, int[] second) throws SQLException {
		return delegate().execute(first, second);
	}

	@Override
	public boolean execute(String first, String[] second) throws SQLException {
		return delegate().execute(first, second);
	}

	@Override
	public boolean execute(String first, int second) throws SQLException {
		return delegate().execute(first, second);
	}

	@Override
	public int[] executeBatch() throws SQLException {
		return delegate().executeBatch();
	}

	@Override
	public long[] executeLargeBatch() throws SQLException {
		return delegate().executeLargeBatch();
	}

	@Override
	public long executeLargeUpdate(String first) throws SQLException {
		return delegate().executeLargeUpdate(first);
	}

	@Override
	public long executeLargeUpdate(String first, int[] second) throws SQLException {
		return delegate().executeLargeUpdate(first, second);
	}

	@Override
	public long executeLargeUpdate(String first, String[] second) throws SQLException {
		return delegate().executeLargeUpdate(first, second);
	}

	@Override
	public long executeLargeUpdate(String first, int second) throws SQLException {
		return delegate().executeLargeUpdate(first, second);
	}

	@Override
	public ResultSet executeQuery(String first) throws SQLException {
		return delegate().executeQuery(first);
	}

	@Override
	public int executeUpdate(String first) throws SQLException {
		return delegate().executeUpdate(first);
	}

	@Override
	public int executeUpdate(String first, int[] second) throws SQLException {
		return delegate().executeUpdate(first, second);
	}

	@Override
	public int executeUpdate(String first, String[] second) throws SQLException {
		return delegate().executeUpdate(first, second);
	}

	@Override
	public int executeUpdate(String first, int second) throws SQLException {
		return delegate().executeUpdate(first, second);
	}

	@Override
	public Connection getConnection() throws SQLException {
		return delegate().getConnection();
	}

	@Override
	public int getFetchDirection() throws SQLException {
		return delegate().getFetchDirection();
	}

	@Override
	public int getFetchSize() throws SQLException {
		return delegate().getFetchSize();
	}

	@Override
	public ResultSet getGeneratedKeys() throws SQLException {
		return delegate().getGeneratedKeys();
	}

	@Override
	public long getLargeMaxRows() throws SQLException {
		return delegate().getLargeMaxRows();
	}

	@Override
	public long getLargeUpdateCount() throws SQLException {
		return delegate().getLargeUpdateCount();
	}

	@Override
	public int getMaxFieldSize() throws SQLException {
		return delegate().getMaxFieldSize();
	}

	@Override
	public int getMaxRows() throws SQLException {
		return delegate().getMaxRows();
	}

	@Override
	public boolean getMoreResults() throws SQLException {
		return delegate().getMoreResults();
	}

	@Override
	public boolean getMoreResults(int first) throws SQLException {
		return delegate().getMoreResults(first);
	}

	@Override
	public int getQueryTimeout() throws SQLException {
		return delegate().getQueryTimeout();
	}

	@Override
	public ResultSet getResultSet() throws SQLException {
		return delegate().getResultSet();
	}

	@Override
	public int getResultSetConcurrency() throws SQLException {
		return delegate().getResultSetConcurrency();
	}

	@Override
	public int getResultSetHoldability() throws SQLException {
		return delegate().getResultSetHoldability();
	}

	@Override
	public int getResultSetType() throws SQLException {
		return delegate().getResultSetType();
	}

	@Override
	public int getUpdateCount() throws SQLException {
		return delegate().getUpdateCount();
	}

	@Override
	public SQLWarning getWarnings() throws SQLException {
		return delegate().getWarnings();
	}

	@Override
	public boolean isCloseOnCompletion() throws SQLException {
		return delegate().isCloseOnCompletion();
	}

	@Override
	public boolean isClosed() throws SQLException {
		return delegate().isClosed();
	}

	@Override
	public boolean isPoolable() throws SQLException {
		return delegate().isPoolable();
	}

	@Override
	public boolean isSimpleIdentifier(String first) throws SQLException {
		return delegate().isSimpleIdentifier(first);
	}

	@Override
	public boolean isWrapperFor(Class<?> first) throws SQLException {
		return delegate().isWrapperFor(first);
	}

	@Override
	public void setCursorName(String first) throws SQLException {
		delegate().setCursorName(first);
	}

	@Override
	public void setEscapeProcessing(boolean first) throws SQLException {
		delegate().setEscapeProcessing(first);
	}

	@Override
	public void setFetchDirection(int first) throws SQLException {
		delegate().setFetchDirection(first);
	}

	@Override
	public void setFetchSize(int first) throws SQLException {
		delegate().setFetchSize(first);
	}

	@Override
	public void setLargeMaxRows(long first) throws SQLException {
		delegate().setLargeMaxRows(first);
	}

	@Override
	public void setMaxFieldSize(int first) throws SQLException {
		delegate().setMaxFieldSize(first);
	}

	@Override
	public void setMaxRows(int first) throws SQLException {
		delegate().setMaxRows(first);
	}

	@Override
	public void setPoolable(boolean first) throws SQLException {
		delegate().setPoolable(first);
	}

	@Override
	public void setQueryTimeout(int first) throws SQLException {
		delegate().setQueryTimeout(first);
	}

	@Override
	public <T> T unwrap(Class<T> first) throws SQLException {
		return delegate().unwrap(first);
	}

}
