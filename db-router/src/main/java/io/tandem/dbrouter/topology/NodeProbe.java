package io.tandem.dbrouter.topology;

import java.net.SocketTimeoutException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Looks at one node over a connection of its own. Used by one thread.
 */
final class NodeProbe {

	private static final String SERVER = """
			SELECT @@server_uuid, @@version, @@global.read_only OR @@global.super_read_only,
			       @@global.transaction_isolation""";

	private static final String CHANNELS = """
			SELECT c.channel_name, c.service_state, COALESCE(a.service_state, 'OFF'), c.source_uuid,
			       c.last_error_message,
			       (SELECT MAX(w.last_error_message)
			          FROM performance_schema.replication_applier_status_by_worker w
			         WHERE w.channel_name = c.channel_name)
			  FROM performance_schema.replication_connection_status c
			  LEFT JOIN performance_schema.replication_applier_status a ON a.channel_name = c.channel_name
			 WHERE c.channel_name <> 'group_replication_recovery'""";

	private static final String SEMI_SYNC = """
			SELECT variable_name, variable_value FROM performance_schema.global_status
			 WHERE variable_name IN ('Rpl_semi_sync_source_status', 'Rpl_semi_sync_source_clients')
			UNION ALL
			SELECT variable_name, variable_value FROM performance_schema.global_variables
			 WHERE variable_name = 'rpl_semi_sync_source_enabled'""";

	private final Node node;

	private volatile @Nullable Connection connection;

	NodeProbe(Node node) {
		this.node = node;
	}

	ProbeResult probe() {
		long startedAt = System.nanoTime();
		Connection existing = this.connection;
		if (existing != null) {
			try {
				return ProbeResult.observed(read(existing), startedAt);
			}
			catch (SQLException ex) {
				close();
				if (!SqlErrors.isConnectionFailure(ex) || isTimeout(ex)) {
					return failed(ex, startedAt);
				}
				// Only this connection may have ended: ask again over a new one.
				startedAt = System.nanoTime();
			}
		}
		try {
			Connection opened = this.node.connectForProbe();
			this.connection = opened;
			return ProbeResult.observed(read(opened), startedAt);
		}
		catch (SQLException ex) {
			close();
			return failed(ex, startedAt);
		}
	}

	private static ProbeResult failed(SQLException ex, long startedAt) {
		String error = SqlErrors.oneLine(ex);
		return SqlErrors.isConnectionFailure(ex) ? ProbeResult.unreachable(error, startedAt)
				: ProbeResult.unreadable(error, startedAt);
	}

	private static boolean isTimeout(Throwable ex) {
		for (Throwable cause = ex; cause != null; cause = cause.getCause()) {
			if (cause instanceof SocketTimeoutException) {
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

	private static Observation read(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			List<Channel> channels = readChannels(statement);
			SemiSync semiSync = readSemiSync(statement);
			try (ResultSet row = statement.executeQuery(SERVER)) {
				row.next();
				return new Observation(row.getString(1), row.getString(2), !row.getBoolean(3),
						isolation(row.getString(4)), channels, semiSync);
			}
		}
	}

	private static List<Channel> readChannels(Statement statement) throws SQLException {
		List<Channel> channels = new ArrayList<>();
		try (ResultSet row = statement.executeQuery(CHANNELS)) {
			while (row.next()) {
				String receiverError = text(row.getString(5));
				channels.add(new Channel(row.getString(1), row.getString(2), "ON".equals(row.getString(3)),
						text(row.getString(4)), receiverError.isEmpty() ? text(row.getString(6)) : receiverError));
			}
		}
		return List.copyOf(channels);
	}

	private static String text(@Nullable String value) {
		return (value != null) ? value : "";
	}

	private static SemiSync readSemiSync(Statement statement) throws SQLException {
		boolean enabled = false;
		boolean waiting = false;
		int clients = 0;
		try (ResultSet row = statement.executeQuery(SEMI_SYNC)) {
			while (row.next()) {
				String value = row.getString(2);
				switch (row.getString(1).toLowerCase(Locale.ROOT)) {
					case "rpl_semi_sync_source_enabled" -> enabled = "ON".equals(value);
					case "rpl_semi_sync_source_status" -> waiting = "ON".equals(value);
					default -> clients = Integer.parseInt(value);
				}
			}
		}
		if (!enabled) {
			return SemiSync.OFF;
		}
		if (!waiting) {
			return SemiSync.FALLEN_BACK;
		}
		return (clients > 0) ? SemiSync.ACTIVE : SemiSync.NO_REPLICA;
	}

	private static int isolation(String name) {
		return switch (name) {
			case "READ-UNCOMMITTED" -> Connection.TRANSACTION_READ_UNCOMMITTED;
			case "READ-COMMITTED" -> Connection.TRANSACTION_READ_COMMITTED;
			case "SERIALIZABLE" -> Connection.TRANSACTION_SERIALIZABLE;
			default -> Connection.TRANSACTION_REPEATABLE_READ;
		};
	}

}
