package io.tandem.dbrouter.consistency;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.WeakHashMap;

import io.tandem.dbrouter.gtid.GtidSet;
import io.tandem.dbrouter.topology.Node;

/**
 * Waits until replicas have caught up, but not on one that has just kept somebody waiting
 * in vain: as long as it lacks the same transactions, more waits would only hold its
 * connections.
 */
final class ReplicaWaits {

	private final Map<Node, Disappointment> disappointments = new WeakHashMap<>();

	private final Duration pause;

	private final ConsistencyListener listener;

	/**
	 * Creates the waits.
	 * @param pause how long nobody waits on a replica after somebody did in vain
	 * @param listener hears of each wait
	 */
	ReplicaWaits(Duration pause, ConsistencyListener listener) {
		this.pause = pause;
		this.listener = listener;
	}

	/**
	 * Whether it is worth to wait on a replica.
	 */
	synchronized boolean isPromising(Node replica) {
		Disappointment last = this.disappointments.get(replica);
		if (last == null) {
			return true;
		}
		if (System.nanoTime() - last.at() < this.pause.toNanos() && !replica.executed().contains(last.missed())) {
			return false;
		}
		this.disappointments.remove(replica);
		return true;
	}

	/**
	 * Waits until a replica has executed something, and learns in the same round trip
	 * what else it has.
	 * @param longest how long, more than zero: for MySQL zero is for ever
	 * @return whether it has
	 */
	boolean await(Node replica, Connection connection, GtidSet required, Duration longest) throws SQLException {
		long start = System.nanoTime();
		boolean caughtUp = await(replica, connection, required, Math.max(1, longest.toMillis()));
		this.listener.waited(Duration.ofNanos(System.nanoTime() - start), caughtUp);
		if (!caughtUp) {
			synchronized (this) {
				this.disappointments.put(replica, new Disappointment(required, System.nanoTime()));
			}
		}
		return caughtUp;
	}

	private static boolean await(Node replica, Connection connection, GtidSet required, long millis)
			throws SQLException {
		// The text of a set is safe in SQL: it is written from numbers and letters.
		String sql = "SELECT WAIT_FOR_EXECUTED_GTID_SET('" + required + "', " + millis / 1000 + "."
				+ String.valueOf(1000 + millis % 1000).substring(1) + "), @@GLOBAL.gtid_executed";
		try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(sql)) {
			row.next();
			boolean caughtUp = row.getInt(1) == 0;
			replica.advance(GtidSet.parse(row.getString(2)));
			if (caughtUp) {
				replica.advance(required);
			}
			return caughtUp;
		}
	}

	private record Disappointment(GtidSet missed, long at) {
	}

}
