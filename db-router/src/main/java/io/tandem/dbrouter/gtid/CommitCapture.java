package io.tandem.dbrouter.gtid;

import java.sql.Connection;
import java.sql.SQLException;

import com.mysql.cj.MysqlConnection;
import com.mysql.cj.protocol.ServerSessionStateController;
import com.mysql.cj.protocol.ServerSessionStateController.ServerSessionStateChanges;
import com.mysql.cj.protocol.ServerSessionStateController.SessionStateChange;
import com.mysql.cj.protocol.ServerSessionStateController.SessionStateChangesListener;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Reads the GTIDs of commits from the answers of the server, which costs no round trip.
 * Whatever ended the transaction is covered: COMMIT, an auto-committed statement, each of
 * a batch, DDL.
 * <p>
 * Connector/J holds its listeners weakly, and statements fail once some of them are
 * collected. So there is one for all connections of a node, held by whoever opens them.
 */
public final class CommitCapture {

	/** The driver's parameter that makes the server report changes of the session. */
	public static final String DRIVER_PARAMETER = "trackSessionState";

	/** The assignment that makes a session report the GTIDs of its own commits. */
	public static final String SESSION_VARIABLE = "session_track_gtids=OWN_GTID";

	private static final Log logger = LogFactory.getLog(CommitCapture.class);

	private final SessionStateChangesListener driverListener = this::changed;

	private final CommitListener listener;

	/**
	 * Creates a capture. It has to live as long as the connections.
	 * @param listener hears of each commit
	 */
	public CommitCapture(CommitListener listener) {
		this.listener = listener;
	}

	/**
	 * Listens to a connection.
	 * @param connection a connection of the driver
	 * @throws SQLException if it is not one
	 */
	public void listenTo(Connection connection) throws SQLException {
		connection.unwrap(MysqlConnection.class)
			.getServerSessionStateController()
			.addSessionStateChangesListener(this.driverListener);
	}

	private void changed(ServerSessionStateChanges changes) {
		for (SessionStateChange change : changes.getSessionStateChangesList()) {
			if (change.getType() == ServerSessionStateController.SESSION_TRACK_GTIDS) {
				committed(change.getValues().get(0));
			}
		}
	}

	private void committed(String gtids) {
		try {
			if (!gtids.isEmpty()) {
				this.listener.committed(GtidSet.parse(gtids));
			}
		}
		catch (RuntimeException ex) {
			// The transaction is committed: its caller must not see a failure.
			logger.error("The GTIDs of a commit are lost: " + gtids, ex);
		}
	}

}
