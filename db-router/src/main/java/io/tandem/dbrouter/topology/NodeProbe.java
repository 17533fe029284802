package io.tandem.dbrouter.topology;

import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Looks at one node over a connection of its own. Used by one thread.
 */
final class NodeProbe {

	private final Node node;

	private volatile @Nullable Connection connection;

	/** The first connection may take longer: nobody relies on the node yet. */
	private boolean known;

	NodeProbe(Node node) {
		this.node = node;
	}

	/**
	 * Looks at the node.
	 * @param silence the longest wait for an answer over the open connection
	 * @return what came of it
	 */
	ProbeResult probe(Duration silence) {
		long startedAt = System.nanoTime();
		Connection existing = this.connection;
		if (existing != null) {
			try {
				existing.setNetworkTimeout(Runnable::run, Math.toIntExact(silence.toMillis()));
				return ProbeResult.observed(ProbeQuery.read(existing), startedAt);
			}
			catch (SQLException ex) {
				close();
				this.node.doubt();
				if (!SqlErrors.isConnectionFailure(ex) || isUncertain(ex)) {
					return failed(ex, startedAt);
				}
				// Only this connection may have ended: ask again over a new one.
				startedAt = System.nanoTime();
			}
		}
		try {
			Connection opened = this.node.connectForProbe(this.known);
			this.connection = opened;
			Observation seen = ProbeQuery.read(opened);
			this.known = true;
			return ProbeResult.observed(seen, startedAt);
		}
		catch (SQLException ex) {
			close();
			return failed(ex, startedAt);
		}
	}

	private static ProbeResult failed(SQLException ex, long startedAt) {
		String error = SqlErrors.oneLine(ex);
		if (isUncertain(ex) || SqlErrors.isTooManyConnections(ex)) {
			return ProbeResult.missed(error, startedAt);
		}
		return SqlErrors.isConnectionFailure(ex) ? ProbeResult.refused(error, startedAt)
				: ProbeResult.unreadable(error, startedAt);
	}

	/** Nothing came back, or the name could not be looked up: that may pass. */
	private static boolean isUncertain(Throwable ex) {
		for (Throwable cause = ex; cause != null; cause = cause.getCause()) {
			if (cause instanceof SocketTimeoutException || cause instanceof UnknownHostException
					|| cause instanceof NoRouteToHostException) {
				return true;
			}
		}
		return false;
	}

	void close() {
		Connection current = this.connection;
		this.connection = null;
		if (current != null) {
			try {
				current.abort(Runnable::run);
			}
			catch (SQLException ex) {
				// It is gone either way.
			}
		}
	}

}
