package io.tandem.dbrouter.topology;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.tandem.dbrouter.gtid.GtidSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads all that a probe wants to know in one statement: one row for each replication
 * channel, or one row without a channel, and the server's own state in each.
 */
final class ProbeQuery {

	private static final String SQL = """
			SELECT @@server_uuid, @@version, @@global.read_only OR @@global.super_read_only,
			       @@global.offline_mode, @@global.transaction_isolation,
			       CAST(UNIX_TIMESTAMP(SYSDATE(6)) * 1000000 AS SIGNED),
			       @@global.gtid_executed, @@global.gtid_mode, @@global.session_track_gtids,
			       (SELECT variable_value FROM performance_schema.global_variables
			         WHERE variable_name = 'rpl_semi_sync_source_enabled'),
			       (SELECT variable_value FROM performance_schema.global_status
			         WHERE variable_name = 'Rpl_semi_sync_source_status'),
			       (SELECT variable_value FROM performance_schema.global_status
			         WHERE variable_name = 'Rpl_semi_sync_source_clients'),
			       IS_USED_LOCK('%s'), IS_USED_LOCK('%s'),
			       m.own_state, m.unreachable, m.members,
			       c.channel_name, c.service_state, COALESCE(a.service_state, 'OFF'), c.source_uuid,
			       c.last_error_message,
			       (SELECT MAX(w.last_error_message)
			          FROM performance_schema.replication_applier_status_by_worker w
			         WHERE w.channel_name = c.channel_name),
			       GTID_SUBSET(c.received_transaction_set, @@global.gtid_executed), k.desired_delay,
			       CAST(UNIX_TIMESTAMP(COALESCE(
			         (SELECT MIN(NULLIF(w.applying_transaction_original_commit_timestamp, 0))
			            FROM performance_schema.replication_applier_status_by_worker w
			           WHERE w.channel_name = c.channel_name),
			         (SELECT MIN(NULLIF(o.processing_transaction_original_commit_timestamp, 0))
			            FROM performance_schema.replication_applier_status_by_coordinator o
			           WHERE o.channel_name = c.channel_name),
			         NULLIF(c.last_queued_transaction_original_commit_timestamp, 0))) * 1000000 AS SIGNED)
			  FROM (SELECT MAX(IF(member_id = @@server_uuid, member_state, NULL)) AS own_state,
			               SUM(member_state = 'UNREACHABLE') AS unreachable, COUNT(*) AS members
			          FROM performance_schema.replication_group_members) m
			  LEFT JOIN performance_schema.replication_connection_status c
			    ON c.channel_name <> 'group_replication_recovery'
			  LEFT JOIN performance_schema.replication_applier_status a ON a.channel_name = c.channel_name
			  LEFT JOIN performance_schema.replication_applier_configuration k
			    ON k.channel_name = c.channel_name""".formatted(Handover.ANNOUNCE_LOCK, Handover.HOLD_LOCK);

	private ProbeQuery() {
	}

	static Observation read(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			long sentAt = System.nanoTime();
			try (ResultSet row = statement.executeQuery(SQL)) {
				long readAt = sentAt + (System.nanoTime() - sentAt) / 2;
				row.next();
				Columns columns = new Columns(row);
				Server server = new Server(columns.text(), columns.text(), !columns.flag(), columns.flag(),
						isolation(columns.text()), columns.number(), readAt);
				Transactions transactions = new Transactions(GtidSet.parse(columns.text()), "ON".equals(columns.text()),
						"OWN_GTID".equals(columns.text()));
				SemiSync semiSync = semiSync(columns.text(), columns.text(), columns.number());
				Handover handover = handover(columns.isPresent(), columns.isPresent());
				GroupMember group = group(columns.textOrNull(), columns.number(), columns.number());
				List<Channel> channels = new ArrayList<>();
				int firstOfChannel = columns.position();
				do {
					columns.moveTo(firstOfChannel);
					String name = columns.textOrNull();
					if (name != null) {
						channels.add(channel(name, columns));
					}
				}
				while (row.next());
				return new Observation(server, transactions, group, List.copyOf(channels), semiSync, handover);
			}
		}
	}

	private static Channel channel(String name, Columns columns) throws SQLException {
		String receiver = columns.text();
		boolean applierRunning = "ON".equals(columns.text());
		String sourceUuid = columns.text();
		String receiverError = columns.text();
		String applierError = columns.text();
		boolean allApplied = columns.flag();
		Duration delay = Duration.ofSeconds(columns.number());
		return new Channel(name, receiver, applierRunning, sourceUuid,
				receiverError.isEmpty() ? applierError : receiverError, allApplied, columns.number(), delay);
	}

	private static Handover handover(boolean announced, boolean holding) {
		if (holding) {
			return Handover.HOLDING;
		}
		return announced ? Handover.ANNOUNCED : Handover.NONE;
	}

	private static @Nullable GroupMember group(@Nullable String state, long unreachable, long members) {
		return (state == null || "OFFLINE".equals(state)) ? null
				: new GroupMember(state, Math.toIntExact(unreachable), Math.toIntExact(members));
	}

	private static SemiSync semiSync(String enabled, String status, long clients) {
		if (!"ON".equals(enabled)) {
			return SemiSync.OFF;
		}
		if (!"ON".equals(status)) {
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

	/** The columns of a row, one after the other. */
	private static final class Columns {

		private final ResultSet row;

		private int position;

		private Columns(ResultSet row) {
			this.row = row;
		}

		private String text() throws SQLException {
			String value = textOrNull();
			return (value != null) ? value : "";
		}

		private @Nullable String textOrNull() throws SQLException {
			return this.row.getString(++this.position);
		}

		private boolean flag() throws SQLException {
			return this.row.getBoolean(++this.position);
		}

		private long number() throws SQLException {
			return this.row.getLong(++this.position);
		}

		private boolean isPresent() throws SQLException {
			return textOrNull() != null;
		}

		private int position() {
			return this.position;
		}

		private void moveTo(int column) {
			this.position = column;
		}

	}

}
