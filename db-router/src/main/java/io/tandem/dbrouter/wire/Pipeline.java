package io.tandem.dbrouter.wire;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;

import com.mysql.cj.MysqlConnection;
import com.mysql.cj.NativeSession;
import com.mysql.cj.conf.PropertyKey;
import com.mysql.cj.exceptions.CJException;
import com.mysql.cj.jdbc.exceptions.SQLExceptionsMapping;
import com.mysql.cj.protocol.SocketConnection;
import com.mysql.cj.protocol.a.NativeMessageBuilder;
import com.mysql.cj.protocol.a.NativePacketPayload;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Sends commands without waiting for their answers. MySQL executes the commands of a
 * connection one after the other however early they arrive.
 */
final class Pipeline {

	private static final Log logger = LogFactory.getLog(Pipeline.class);

	private final NativeSession session;

	private final PendingAnswers answers;

	private final NativePacketPayload commit;

	private final NativePacketPayload rollback;

	private final NativePacketPayload autoCommitOn;

	private final NativePacketPayload autoCommitOff;

	private Pipeline(NativeSession session, PendingAnswers answers) {
		this.session = session;
		this.answers = answers;
		NativeMessageBuilder builder = new NativeMessageBuilder(session.getServerSession().supportsQueryAttributes());
		this.commit = builder.buildComQuery(null, session, "COMMIT");
		this.rollback = builder.buildComQuery(null, session, "ROLLBACK");
		this.autoCommitOn = builder.buildComQuery(null, session, "SET autocommit=1");
		this.autoCommitOff = builder.buildComQuery(null, session, "SET autocommit=0");
	}

	/**
	 * Prepares a fresh connection.
	 * @param connection the driver's connection
	 * @return its pipeline, {@code null} if there can be none: the packets are compressed
	 * or the driver is not the one we know
	 */
	static @Nullable Pipeline on(Connection connection) {
		try {
			if (connection.unwrap(MysqlConnection.class).getSession() instanceof NativeSession session
					&& !session.getPropertySet().getBooleanProperty(PropertyKey.useCompression).getValue()) {
				SocketConnection socket = session.getProtocol().getSocketConnection();
				PendingAnswers answers = new PendingAnswers(socket.getMysqlInput().getUnderlyingStream());
				socket.setMysqlInput(answers);
				return new Pipeline(session, answers);
			}
		}
		catch (IOException | SQLException | CJException | LinkageError ex) {
			logger.debug("Answers to COMMIT are waited for on " + connection, ex);
		}
		return null;
	}

	/** Whether a transaction can be ended: no rows are still to come. */
	boolean canEnd() {
		return !this.session.getServerSession().isAutoCommit() && isQuiet();
	}

	/** Whether auto-commit can be set: there is no transaction that it would commit. */
	boolean canSetAutoCommit() {
		return !this.session.getServerSession().inTransactionOnServer() && isQuiet();
	}

	private boolean isQuiet() {
		return this.session.getProtocol().getStreamingData() == null;
	}

	void commit() throws SQLException {
		send(this.commit);
	}

	void rollback() throws SQLException {
		send(this.rollback);
	}

	/**
	 * Turns auto-commit on or off. Should the server refuse, the next answer is an error
	 * and the connection is lost, which rolls back what was sent meanwhile.
	 */
	void setAutoCommit(boolean on) throws SQLException {
		send(on ? this.autoCommitOn : this.autoCommitOff);
		this.session.getServerSession().setAutoCommit(on);
	}

	private void send(NativePacketPayload packet) throws SQLException {
		try {
			this.session.getProtocol().sendCommand(packet, true, 0);
			this.answers.expect();
		}
		catch (CJException ex) {
			throw SQLExceptionsMapping.translateException(ex);
		}
	}

}
