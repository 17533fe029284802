package io.tandem.integration.kubernetes;

import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;

import io.tandem.integration.ContainerEngine;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
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
			// In parallel, as podManagementPolicy says.
			pods.start(2);
			pods.start(1);
			awaitReady(pods, 1, 2);
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
			pods.end(1, false);
			pods.loseVolume(1);
			pods.start(1);
			await().atMost(LONG).until(() -> pods.log(1, "mysql").contains("stays read-only: mysql-2 has data"));
			assertThat(pods.isReady(1)).isFalse();
			assertThat(pods.sql(2, "SELECT COUNT(*), @@GLOBAL.super_read_only FROM tandem.t")).isEqualTo("2 1");
		}
	}

	@Test
	void groupElectsAndBeginsAnewWithTheMemberThatHasEverything() throws Exception {
		try (Pods pods = new Pods(Manifests.of("ha"), 3, this.directory)) {
			for (int number : new int[] { 3, 1, 2 }) {
				pods.start(number);
			}
			awaitReady(pods, 1, 2, 3);
			int primary = primary(pods, 1, 2, 3);
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

	private static int primary(Pods pods, int... numbers) {
		for (int number : numbers) {
			if (pods.isReady(number) && pods.sql(number, "SELECT @@GLOBAL.super_read_only").equals("0")) {
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
		await().atMost(LONG).until(() -> pods.sql(number, "SELECT COUNT(*) FROM tandem.t").equals(rows));
	}

}
