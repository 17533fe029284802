package io.tandem.integration.kubernetes;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import io.tandem.integration.ContainerEngine;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/**
 * The database's pods in the order and with the restarts that a StatefulSet causes. Needs
 * a Docker engine, which stands in for the kubelet.
 */
@Tag("only-containers")
@ExtendWith(ContainerEngine.class)
class StatefulSetIntegrationTests {

	private static final Duration LONG = Duration.ofMinutes(3);

	@TempDir
	Path directory;

	@Test
	void pairKeepsItsRolesThroughUpdatesDeathsAndLostVolumes() throws Exception {
		try (Pods pods = new Pods(Manifests.of("local"), 2, this.directory)) {
			// Interrupted while it is made, a node is made once more.
			pods.start(2);
			await().atMost(LONG).until(() -> pods.log(2, "mysql").contains("Asking mysql-1"));
			pods.end(2, false);
			// In parallel, as podManagementPolicy says.
			pods.start(2);
			pods.start(1);
			awaitReady(pods, 1, 2);
			assertThat(pods.log(2, "mysql")).contains("interrupted and begins anew", "Making mysql-1");
			// Probes leave nothing behind: the server waits for no process but its own.
			int zombies = pods.zombies(1);
			awaitReady(pods, 1);
			assertThat(pods.zombies(1)).isEqualTo(zombies);
			pods.sql(1, "CREATE TABLE tandem.t (id INT PRIMARY KEY); INSERT INTO tandem.t VALUES (1)");
			awaitRows(pods, 2, "1");
			// A rolling update goes from the last pod to the first.
			for (int number : new int[] { 2, 1 }) {
				pods.end(number, true);
				pods.start(number);
				awaitReady(pods, number);
			}
			awaitReady(pods, 2);
			pods.sql(1, "INSERT INTO tandem.t VALUES (2)");
			awaitRows(pods, 2, "2");
			// A new node, a new volume.
			pods.end(2, false);
			pods.loseVolume(2);
			pods.start(2);
			awaitReady(pods, 2);
			awaitRows(pods, 2, "2");
			assertThatThrownBy(() -> promote(pods, 2)).hasMessageContaining("mysql-1 takes writes");
			// A new primary cannot ask whether there was data, and takes nothing for an
			// answer.
			pods.end(2, false);
			pods.end(1, false);
			pods.loseVolume(1);
			pods.start(1);
			await().atMost(LONG).ignoreExceptions().until(() -> readOnly(pods, 1).equals("1"));
			pods.start(2);
			awaitRows(pods, 2, "2");
			assertThat(pods.isReady(1)).isFalse();
			assertThat(readOnly(pods, 1) + readOnly(pods, 2)).isEqualTo("11");
			// As k8s/README.md says.
			promote(pods, 2);
			pods.end(1, true);
			pods.loseVolume(1);
			pods.start(1);
			awaitReady(pods, 1, 2);
			pods.sql(2, "INSERT INTO tandem.t VALUES (3)");
			awaitRows(pods, 1, "3");
		}
	}

	private static void promote(Pods pods, int number) {
		pods.execute(number, "mysql", "tandem-promote");
	}

	private static String readOnly(Pods pods, int number) {
		return pods.sql(number, "SELECT @@GLOBAL.super_read_only");
	}

	@Test
	void groupElectsAndBeginsAnewWithTheMemberThatHasEverything() throws Exception {
		try (Pods pods = new Pods(Manifests.of("ha"), 3, this.directory)) {
			for (int number : new int[] { 3, 1, 2 }) {
				pods.start(number);
			}
			awaitReady(pods, 1, 2, 3);
			int primary = primary(pods, 1, 2, 3);
			int secondary = primary % 3 + 1;
			assertThatThrownBy(() -> bootstrap(pods, secondary)).hasMessageContaining("No group is begun");
			// What an interrupted beginning leaves is not taken for an order to begin.
			pods.sql(secondary, "SET GLOBAL group_replication_bootstrap_group = ON; STOP GROUP_REPLICATION");
			awaitReady(pods, 1, 2, 3);
			assertThat(primaries(pods)).hasSize(3).containsOnly("mysql-" + primary);
			pods.sql(primary, "CREATE TABLE tandem.t (id INT PRIMARY KEY); INSERT INTO tandem.t VALUES (1)");
			pods.end(primary, false);
			int[] others = IntStream.rangeClosed(1, 3).filter((number) -> number != primary).toArray();
			await().atMost(LONG).until(() -> primary(pods, others) != 0);
			pods.sql(primary(pods, others), "INSERT INTO tandem.t VALUES (2)");
			for (int number : others) {
				pods.end(number, false);
			}
			// The first to come back lacks what was written after its death.
			pods.start(primary);
			await().atMost(LONG).until(() -> pods.log(primary, "group").contains("nobody knows who has every"));
			assertThat(pods.isReady(primary)).isFalse();
			for (int number : others) {
				pods.start(number);
			}
			awaitReady(pods, 1, 2, 3);
			for (int number = 1; number <= 3; number++) {
				awaitRows(pods, number, "2");
			}
			assertThat(pods.log(primary, "group")).doesNotContain("begins the group");
		}
	}

	@Test
	void groupCountsWhatAMemberHasReceivedAndDoesNotBeginWithoutTheDataOfOne() throws Exception {
		try (Pods pods = new Pods(Manifests.of("ha"), 3, this.directory)) {
			start(pods, 1, 2, 3);
			awaitReady(pods, 1, 2, 3);
			pods.sql(2, "SELECT group_replication_set_as_primary(@@server_uuid)");
			pods.sql(2, "CREATE TABLE tandem.t (id INT PRIMARY KEY); INSERT INTO tandem.t VALUES (1)");
			awaitRows(pods, 1, "1");
			pods.lock(1, "tandem.t");
			pods.sql(2, "INSERT INTO tandem.t VALUES (2)");
			awaitRows(pods, 3, "2");
			await().atMost(LONG).until(() -> pods.sql(1, """
					SELECT GTID_SUBSET(received_transaction_set, @@GLOBAL.gtid_executed)
					  FROM performance_schema.replication_connection_status
					 WHERE channel_name = 'group_replication_applier'""").equals("0"));
			// The majority is lost, and what is left has received everything.
			end(pods, 2, 3);
			start(pods, 2, 3);
			// Of equals the first, which has begun it once before.
			await().atMost(LONG).until(() -> pods.log(1, "group").split("begins the group", -1).length == 3);
			pods.unlock(1);
			awaitReady(pods, 1, 2, 3);
			awaitRows(pods, 1, "2");
			// The one whose data is lost may have been the only one with something.
			end(pods, 1, 2, 3);
			pods.loseVolume(1);
			start(pods, 1, 2, 3);
			for (int number = 1; number <= 3; number++) {
				int each = number;
				await().atMost(LONG).until(() -> pods.log(each, "group").contains("mysql-1 has lost its data"));
				assertThat(pods.log(each, "group")).doesNotContain("begins the group");
			}
			bootstrap(pods, 3);
			awaitReady(pods, 1, 2, 3);
			assertThat(primaries(pods)).hasSize(3).containsOnly("mysql-3");
			awaitRows(pods, 1, "2");
		}
	}

	private static void start(Pods pods, int... numbers) {
		IntStream.of(numbers).forEach(pods::start);
	}

	private static void end(Pods pods, int... numbers) {
		IntStream.of(numbers).forEach((number) -> pods.end(number, false));
	}

	private static void bootstrap(Pods pods, int number) {
		pods.execute(number, "group", "/opt/tandem/assemble", "bootstrap");
	}

	/** Whom each of three members takes for the primary of three. */
	private static List<String> primaries(Pods pods) {
		return IntStream.rangeClosed(1, 3).mapToObj((number) -> pods.sql(number, """
				SELECT MAX(IF(member_role = 'PRIMARY', member_host, ''))
				  FROM performance_schema.replication_group_members WHERE member_state = 'ONLINE'
				HAVING COUNT(*) = 3 AND SUM(member_role = 'PRIMARY') = 1""")).toList();
	}

	private static int primary(Pods pods, int... numbers) {
		for (int number : numbers) {
			if (pods.isReady(number) && readOnly(pods, number).equals("0")) {
				return number;
			}
		}
		return 0;
	}

	private static void awaitReady(Pods pods, int... numbers) {
		for (int number : numbers) {
			await().atMost(LONG).until(() -> pods.isReady(number));
		}
	}

	private static void awaitRows(Pods pods, int number, String rows) {
		// A server that is starting refuses the connection.
		await().atMost(LONG)
			.ignoreExceptions()
			.until(() -> pods.sql(number, "SELECT COUNT(*) FROM tandem.t").equals(rows));
	}

}
