package io.tandem.cluster.mysql;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ContainerSettingsTests {

	/**
	 * Where a server listens and keeps its files, how it gets its role, and what
	 * {@code ./tandem promote} and {@code start --reclone} need.
	 */
	private static final Set<String> LOCAL = Set.of("bind_address", "socket", "pid_file", "report_host",
			"skip_replica_start", "super_read_only", "log_error_verbosity", "log_error_suppression_list",
			"plugin_load_add = mysql_clone.so");

	/** Nobody but the machine itself speaks with a local server. */
	private static final Set<String> CONTAINER = Set.of("require_secure_transport", "loose_innodb_numa_interleave");

	/**
	 * What names the members and their certificates, and what local servers have anyway.
	 */
	private static final Set<String> CONTAINER_MEMBER = Set.of("group_replication_group_name",
			"group_replication_group_seeds", "group_replication_recovery_ssl_ca",
			"group_replication_recovery_ssl_verify_server_cert", "plugin_load_add = mysql_clone.so");

	@Test
	void serversInContainersHaveTheSettingsOfLocalOnes() throws IOException {
		assertThat(settings(Files.readString(Path.of("..", "ops", "mysql", "tandem.cnf")), CONTAINER))
			.containsExactlyInAnyOrderElementsOf(settings(OptionFile.COMMON + MySqlPair.OPTIONS, LOCAL));
	}

	@Test
	void membersInContainersHaveTheSettingsOfLocalOnes() throws IOException {
		String file = Files.readString(Path.of("..", "ops", "group", "group.cnf")).replaceAll("(?m)^loose_", "");
		assertThat(settings(file, CONTAINER_MEMBER))
			.containsExactlyInAnyOrderElementsOf(settings(MySqlGroup.OPTIONS, Set.of()));
	}

	private static List<String> settings(String file, Set<String> without) {
		return Stream.of(file.split("\n"))
			.filter((line) -> line.contains(" = ") && !line.startsWith("#"))
			.filter((line) -> !without.contains(line) && !without.contains(line.substring(0, line.indexOf(" = "))))
			.toList();
	}

}
