package io.tandem.cluster.mysql;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A node's my.cnf. It is the only option file the server reads, and it is written anew at
 * each start.
 *
 * @param installation what the server needs to find its own files
 * @param serverId unique in the cluster
 * @param port the TCP port on 127.0.0.1
 * @param data the data directory
 * @param tls the directory of the cluster's certificates; none while a new node is
 * initialised, which makes the server generate them
 * @param log the error log
 * @param root whether the user is root, which MySQL wants to be told
 * @param replication what the kind of replication asks for
 */
record OptionFile(MySqlInstallation installation, int serverId, int port, Path data, @Nullable Path tls, Path log,
		boolean root, String replication) {

	/** Containers have nearly the same: {@code ops/mysql/tandem.cnf}. */
	static final String COMMON = """
			bind_address = 127.0.0.1
			# Relative to the data directory: the path of a socket may have 107 bytes only.
			socket = mysqld.sock
			pid_file = mysqld.pid
			mysqlx = OFF
			skip_name_resolve = ON
			local_infile = OFF
			secure_file_priv = NULL
			character_set_server = utf8mb4
			default_time_zone = '+00:00'
			max_connections = 150

			# Crash-safe: a committed transaction is on the disk.
			sync_binlog = 1
			innodb_flush_log_at_trx_commit = 1

			# Replication by GTID and rows (rows are MySQL's default).
			gtid_mode = ON
			enforce_gtid_consistency = ON
			session_track_gtids = OWN_GTID
			log_bin = binlog
			max_binlog_size = 64M
			relay_log = relay
			relay_log_recovery = ON
			# The cluster starts it: a START REPLICA while the server is about to do so by itself can
			# leave two appliers on one channel, and STOP REPLICA then waits for ever.
			skip_replica_start = ON
			replica_net_timeout = 10
			report_host = 127.0.0.1
			# A node is never writable on its own: the cluster makes one node so after each start.
			super_read_only = ON

			# Copies a whole server for ./tandem start NODE --reclone.
			plugin_load_add = mysql_clone.so

			# Small: a cluster shares one machine with everything else on it.
			innodb_buffer_pool_size = 32M
			innodb_log_buffer_size = 1M
			innodb_redo_log_capacity = 32M
			innodb_ft_cache_size = 1600000
			innodb_ft_total_cache_size = 32000000
			innodb_read_io_threads = 1
			innodb_write_io_threads = 1
			innodb_purge_threads = 1
			replica_parallel_workers = 8
			table_open_cache = 128
			table_definition_cache = 400
			thread_cache_size = 8
			tmp_table_size = 1M
			max_heap_table_size = 1M
			temptable_max_ram = 2M
			key_buffer_size = 8K
			host_cache_size = 0

			# Statement counters and replication tables stay; what nobody reads here goes.
			performance_schema = ON
			performance_schema_instrument = 'memory/%=OFF'
			performance_schema_instrument = 'wait/%=OFF'
			performance_schema_instrument = 'stage/%=OFF'
			performance_schema_digests_size = 500
			performance_schema_max_digest_length = 512
			performance_schema_max_sql_text_length = 256
			performance_schema_accounts_size = 16
			performance_schema_users_size = 16
			performance_schema_hosts_size = 4
			performance_schema_events_statements_history_size = 1
			performance_schema_events_statements_history_long_size = 10
			performance_schema_events_stages_history_size = 1
			performance_schema_events_stages_history_long_size = 10
			performance_schema_events_waits_history_size = 1
			performance_schema_events_waits_history_long_size = 10
			performance_schema_events_transactions_history_size = 1
			performance_schema_events_transactions_history_long_size = 10
			performance_schema_error_size = 0
			performance_schema_max_thread_instances = 200
			performance_schema_max_table_instances = 200
			performance_schema_max_table_handles = 200
			performance_schema_max_index_stat = 200
			performance_schema_max_table_lock_stat = 200
			performance_schema_max_metadata_locks = 500
			performance_schema_max_mutex_instances = 0
			performance_schema_max_rwlock_instances = 0
			performance_schema_max_cond_instances = 0
			performance_schema_max_file_instances = 200
			performance_schema_max_socket_instances = 0
			performance_schema_max_prepared_statements_instances = 0
			performance_schema_max_program_instances = 0
			performance_schema_max_statement_stack = 2
			performance_schema_max_memory_classes = 0
			performance_schema_session_connect_attrs_size = 0
			""";

	@Override
	public String toString() {
		List<String> lines = new ArrayList<>(List.of("# Written by Tandem at each start; changes here are lost.",
				"[mysqld]", "server_id = " + this.serverId, "port = " + this.port, "datadir = " + quoted(this.data),
				"log_error = " + quoted(this.log)));
		if (this.root) {
			lines.add("user = root");
		}
		for (String option : this.installation.options()) {
			String[] parts = option.split("=", 2);
			lines.add(parts[0] + " = " + quoted(Path.of(parts[1])));
		}
		if (this.tls != null) {
			lines.add("ssl_ca = " + quoted(this.tls.resolve("ca.pem")));
			lines.add("ssl_cert = " + quoted(this.tls.resolve("server-cert.pem")));
			lines.add("ssl_key = " + quoted(this.tls.resolve("server-key.pem")));
		}
		return String.join("\n", lines) + "\n" + COMMON + "\n" + this.replication;
	}

	// In an option file a backslash escapes, and quotes keep spaces and '#'.
	private static String quoted(Path path) {
		return "\"" + path.toString().replace("\\", "\\\\") + "\"";
	}

}
