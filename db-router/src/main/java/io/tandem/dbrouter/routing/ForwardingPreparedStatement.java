package io.tandem.dbrouter.routing;

import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.net.URL;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.Ref;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLType;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.Calendar;

import org.jspecify.annotations.NullUnmarked;

/**
 * Passes what a prepared statement can do beyond a plain one on to the node's.
 */
@NullUnmarked
@SuppressWarnings("deprecation")
abstract class ForwardingPreparedStatement extends RoutedStatement implements PreparedStatement {

	private final PreparedStatement delegate;

	ForwardingPreparedStatement(RoutedConnection connection, RoutedUse use, String sql, PreparedStatement delegate) {
		super(connection, use, sql, delegate);
		this.delegate = delegate;
	}

	@Override
	protected final PreparedStatement delegate() {
		return this.delegate;
	}

	@Override
	public void addBatch() throws SQLException {
		delegate().addBatch();
	}

	@Override
	public void clearParameters() throws SQLException {
		delegate().clearParameters();
	}

	@Override
	public ResultSetMetaData getMetaData() throws SQLException {
		return delegate().getMetaData();
	}

	@Override
	public ParameterMetaData getParameterMetaData() throws SQLException {
		return delegate().getParameterMetaData();
	}

	@Override
	public void setArray(int first, Array second) throws SQLException {
		delegate().setArray(first, second);
	}

	@Override
	public void setAsciiStream(int first, InputStream second) throws SQLException {
		delegate().setAsciiStream(first, second);
	}

	@Override
	public void setAsciiStream(int first, InputStream second, int third) throws SQLException {
		delegate().setAsciiStream(first, second, third);
	}

	@Override
	public void setAsciiStream(int first, InputStream second, long third) throws SQLException {
		delegate().setAsciiStream(first, second, third);
	}

	@Override
	public void setBigDecimal(int first, BigDecimal second) throws SQLException {
		delegate().setBigDecimal(first, second);
	}

	@Override
	public void setBinaryStream(int first, InputStream second) throws SQLException {
		delegate().setBinaryStream(first, second);
	}

	@Override
	public void setBinaryStream(int first, InputStream second, int third) throws SQLException {
		delegate().setBinaryStream(first, second, third);
	}

	@Override
	public void setBinaryStream(int first, InputStream second, long third) throws SQLException {
		delegate().setBinaryStream(first, second, third);
	}

	@Override
	public void setBlob(int first, InputStream second) throws SQLException {
		delegate().setBlob(first, second);
	}

	@Override
	public void setBlob(int first, Blob second) throws SQLException {
		delegate().setBlob(first, second);
	}

	@Override
	public void setBlob(int first, InputStream second, long third) throws SQLException {
		delegate().setBlob(first, second, third);
	}

	@Override
	public void setBoolean(int first, boolean second) throws SQLException {
		delegate().setBoolean(first, second);
	}

	@Override
	public void setByte(int first, byte second) throws SQLException {
		delegate().setByte(first, second);
	}

	@Override
	public void setBytes(int first, byte[] second) throws SQLException {
		delegate().setBytes(first, second);
	}

	@Override
	public void setCharacterStream(int first, Reader second) throws SQLException {
		delegate().setCharacterStream(first, second);
	}

	@Override
	public void setCharacterStream(int first, Reader second, int third) throws SQLException {
		delegate().setCharacterStream(first, second, third);
	}

	@Override
	public void setCharacterStream(int first, Reader second, long third) throws SQLException {
		delegate().setCharacterStream(first, second, third);
	}

	@Override
	public void setClob(int first, Reader second) throws SQLException {
		delegate().setClob(first, second);
	}

	@Override
	public void setClob(int first, Clob second) throws SQLException {
		delegate().setClob(first, second);
	}

	@Override
	public void setClob(int first, Reader second, long third) throws SQLException {
		delegate().setClob(first, second, third);
	}

	@Override
	public void setDate(int first, Date second) throws SQLException {
		delegate().setDate(first, second);
	}

	@Override
	public void setDate(int first, Date second, Calendar third) throws SQLException {
		delegate().setDate(first, second, third);
	}

	@Override
	public void setDouble(int first, double second) throws SQLException {
		delegate().setDouble(first, second);
	}

	@Override
	public void setFloat(int first, float second) throws SQLException {
		delegate().setFloat(first, second);
	}

	@Override
	public void setInt(int first, int second) throws SQLException {
		delegate().setInt(first, second);
	}

	@Override
	public void setLong(int first, long second) throws SQLException {
		delegate().setLong(first, second);
	}

	@Override
	public void setNCharacterStream(int first, Reader second) throws SQLException {
		delegate().setNCharacterStream(first, second);
	}

	@Override
	public void setNCharacterStream(int first, Reader second, long third) throws SQLException {
		delegate().setNCharacterStream(first, second, third);
	}

	@Override
	public void setNClob(int first, Reader second) throws SQLException {
		delegate().setNClob(first, second);
	}

	@Override
	public void setNClob(int first, NClob second) throws SQLException {
		delegate().setNClob(first, second);
	}

	@Override
	public void setNClob(int first, Reader second, long third) throws SQLException {
		delegate().setNClob(first, second, third);
	}

	@Override
	public void setNString(int first, String second) throws SQLException {
		delegate().setNString(first, second);
	}

	@Override
	public void setNull(int first, int second) throws SQLException {
		delegate().setNull(first, second);
	}

	@Override
	public void setNull(int first, int second, String third) throws SQLException {
		delegate().setNull(first, second, third);
	}

	@Override
	public void setObject(int first, Object second) throws SQLException {
		delegate().setObject(first, second);
	}

	@Override
	public void setObject(int first, Object second, int third) throws SQLException {
		delegate().setObject(first, second, third);
	}

	@Override
	public void setObject(int first, Object second, SQLType third) throws SQLException {
		delegate().setObject(first, second, third);
	}

	@Override
	public void setObject(int first, Object second, int third, int fourth) throws SQLException {
		delegate().setObject(first, second, third, fourth);
	}

	@Override
	public void setObject(int first, Object second, SQLType third, int fourth) throws SQLException {
		delegate().setObject(first, second, third, fourth);
	}

	@Override
	public void setRef(int first, Ref second) throws SQLException {
		delegate().setRef(first, second);
	}

	@Override
	public void setRowId(int first, RowId second) throws SQLException {
		delegate().setRowId(first, second);
	}

	@Override
	public void setSQLXML(int first, SQLXML second) throws SQLException {
		delegate().setSQLXML(first, second);
	}

	@Override
	public void setShort(int first, short second) throws SQLException {
		delegate().setShort(first, second);
	}

	@Override
	public void setString(int first, String second) throws SQLException {
		delegate().setString(first, second);
	}

	@Override
	public void setTime(int first, Time second) throws SQLException {
		delegate().setTime(first, second);
	}

	@Override
	public void setTime(int first, Time second, Calendar third) throws SQLException {
		delegate().setTime(first, second, third);
	}

	@Override
	public void setTimestamp(int first, Timestamp second) throws SQLException {
		delegate().setTimestamp(first, second);
	}

	@Override
	public void setTimestamp(int first, Timestamp second, Calendar third) throws SQLException {
		delegate().setTimestamp(first, second, third);
	}

	@Override
	public void setURL(int first, URL second) throws SQLException {
		delegate().setURL(first, second);
	}

	@Deprecated
	@Override
	public void setUnicodeStream(int first, InputStream second, int third) throws SQLException {
		delegate().setUnicodeStream(first, second, third);
	}

}
