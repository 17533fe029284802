package io.tandem.integration;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/**
 * What containers promise beyond what the nodes do anywhere.
 */
@Tag("only-containers")
@ExtendWith(SharedCluster.class)
class ContainerIntegrationTests {

	@ParameterizedTest
	@ValueSource(strings = { "gateway-1", "gateway-2", "web-app-1", "web-app-2", "mysql-1", "mysql-2" })
	void nodeIsNotRootHasNoCapabilitiesAndCannotWriteToItsImage(String node, TestCluster cluster) {
		String container = cluster.containers().container(node);
		assertThat(Containers.docker("exec", container, "id", "-u")).isIn("999", "10001");
		assertThat(Containers.docker("exec", container, "grep", "CapEff", "/proc/1/status"))
			.endsWith("0000000000000000");
		assertThatThrownBy(() -> Containers.docker("exec", container, "touch", "/app"))
			.hasMessageContaining("Read-only");
	}

	@Test
	void gatewayReachesNoDatabaseAndDatabaseReachesNothingOutside(TestCluster cluster) {
		String gateway = cluster.containers().container("gateway-1");
		assertThatThrownBy(
				() -> Containers.docker("exec", gateway, "timeout", "5", "bash", "-c", "exec 3<>/dev/tcp/mysql-1/3306"))
			.isInstanceOf(IllegalStateException.class);
		assertThat(Containers.docker("network", "inspect", "--format", "{{.Internal}}",
				cluster.containers().project() + "_database", cluster.containers().project() + "_application"))
			.isEqualTo("true\ntrue");
	}

	@Test
	void healthOfAReplicaIsBadWhileItDoesNotReplicate(TestCluster cluster) throws Exception {
		cluster.execute("mysql-2", "STOP REPLICA IO_THREAD");
		await().atMost(Duration.ofSeconds(40)).until(() -> cluster.containers().health("mysql-2").equals("unhealthy"));
		cluster.execute("mysql-2", "START REPLICA IO_THREAD");
		cluster.containers().awaitHealthy("mysql-2");
	}

	@Test
	void databasesRefuseConnectionsWithoutTls(TestCluster cluster) {
		String container = cluster.containers().container("mysql-1");
		assertThatThrownBy(() -> Containers.docker("exec", container, "bash", "-c",
				"mysql -h 127.0.0.1 -utandem_application -p$(cat /run/tandem/accounts/application) --ssl-mode=DISABLED -e 'SELECT 1'"))
			.hasMessageContaining("ERROR");
	}

	@Test
	void whatAnOperatorChangesAtOneGatewayReachesTheOther(TestCluster cluster) throws Exception {
		try {
			cluster.balancer("gateway-1", "POST", "/instances/web-app-1", "{\"weight\": 7}");
			await().atMost(Duration.ofSeconds(10))
				.until(() -> cluster.balancer("gateway-2", "GET", "", "").body().contains("\"weight\":7"));
		}
		finally {
			cluster.balancer("gateway-1", "DELETE", "/instances/web-app-1", "");
		}
	}

	@Test
	void webAppThatComesBackAtAnotherAddressIsUsedAgain(TestCluster cluster) throws Exception {
		Containers containers = cluster.containers();
		String before = address(containers, "web-app-1");
		containers.kill("web-app-1");
		String squatter = Containers.docker("run", "--detach", "--rm", "--network",
				containers.project() + "_application", "mysql:9.7", "sleep", "300");
		try {
			containers.start("web-app-1");
			assertThat(address(containers, "web-app-1")).isNotEqualTo(before);
			cluster.heal();
			cluster.awaitEqualShares();
		}
		finally {
			Containers.docker("rm", "--force", "--volumes", squatter);
		}
	}

	/** With as many requests as connections it once ran out of memory. */
	@Test
	void burstOfRequestsPastTheGatewaysEndsNoWebApp(TestCluster cluster) throws Exception {
		LinkClient client = cluster.instanceClient("web-app-1");
		String restarts = restarts(cluster);
		try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
			callers.invokeAll(Collections.nCopies(2_000, () -> client.get("/api/links?limit=5").statusCode()), 60,
					TimeUnit.SECONDS);
		}
		assertThat(restarts(cluster)).isEqualTo(restarts);
	}

	private static String restarts(TestCluster cluster) {
		return Containers.docker("inspect", "--format", "{{.RestartCount}}",
				cluster.containers().container("web-app-1"));
	}

	private static String address(Containers containers, String node) {
		return Containers.docker("inspect", "--format",
				"{{(index .NetworkSettings.Networks \"" + containers.project() + "_application\").IPAddress}}",
				containers.container(node));
	}

	@Test
	void replicaWithANewVolumeCopiesWhatThePrimaryHasPurgedAndFollowsIt(TestCluster cluster) throws Exception {
		String old = cluster.client().create("https://example.com/before-purge");
		cluster.awaitReplicaCaughtUp();
		cluster.execute("mysql-1", "FLUSH BINARY LOGS");
		cluster.execute("mysql-1", "PURGE BINARY LOGS BEFORE NOW() + INTERVAL 1 DAY");
		recreate(cluster, "mysql-2");
		String fresh = cluster.client().create("https://example.com/after-purge");
		cluster.awaitReplicaCaughtUp();
		assertThat(cluster.codesOn("mysql-2")).contains(old, fresh);
	}

	@Test
	void downAndUpAgainKeepsEveryLinkAndTheRoles(TestCluster cluster) throws Exception {
		String code = cluster.client().create("https://example.com/kept");
		cluster.containers().compose(Duration.ofMinutes(2), "down");
		cluster.containers().up();
		assertThat(cluster.client().get("/" + code).statusCode()).isEqualTo(302);
		assertThat(cluster.client().shorten("https://example.com/after").statusCode()).isEqualTo(201);
		cluster.awaitReplicaCaughtUp();
		assertThat(cluster.codesOn("mysql-2")).contains(code);
	}

	/**
	 * Does what the documentation says, first for mysql-1 and then for mysql-2. Who
	 * brings up the cluster afterwards does not make its primary anew once more.
	 */
	@Test
	void lostPrimaryStaysReadOnlyAndIsMadeAnewAsReplicaOfTheOther(TestCluster cluster) throws Exception {
		Containers containers = cluster.containers();
		String recipe = recipe("A lost primary");
		cluster.awaitReplicaCaughtUp();
		// What the replica has received, a client was told to be saved, whether it is
		// applied or not.
		cluster.execute("mysql-2", "STOP REPLICA SQL_THREAD");
		String old = cluster.client().create("https://example.com/before-loss");
		containers.bash(Duration.ofMinutes(1),
				"docker compose rm -sf mysql-1; docker volume rm tandem_mysql-1; docker compose up -d --no-deps mysql-1");
		await().atMost(Duration.ofMinutes(1))
			.until(() -> containers.compose(Duration.ofSeconds(20), "logs", "mysql-1").contains("stays read-only"));
		containers.bash(Duration.ofMinutes(3), recipe);
		List<String> made = made(cluster);
		containers.up();
		assertThat(made(cluster)).isEqualTo(made);
		cluster.heal();
		assertThat(cluster.client().get("/" + old).statusCode()).isEqualTo(302);
		String fresh = cluster.client().create("https://example.com/after-loss");
		await().atMost(Duration.ofSeconds(20))
			.untilAsserted(() -> assertThat(cluster.codesOn("mysql-1")).contains(old, fresh));
		containers.kill("mysql-2");
		containers.bash(Duration.ofMinutes(3),
				recipe.replace("mysql-1", "LOST").replace("mysql-2", "mysql-1").replace("LOST", "mysql-2"));
		cluster.heal();
		cluster.awaitReplicaCaughtUp();
		assertThat(cluster.codesOn("mysql-2")).contains(old, fresh);
	}

	private static List<String> made(TestCluster cluster) {
		return cluster.containers()
			.names()
			.stream()
			.map((node) -> Containers.docker("inspect", "--format", "{{.Name}} {{.Created}}",
					cluster.containers().container(node)))
			.toList();
	}

	/** The commands that follow a title of docs/operations.md. */
	private static String recipe(String title) throws IOException {
		String document = Files.readString(Containers.CHECKOUT.resolve("docs/operations.md"));
		return document.split(Pattern.quote("**" + title + ".**"), 2)[1].split("```\n", 3)[1];
	}

	private static void recreate(TestCluster cluster, String node) {
		Containers containers = cluster.containers();
		containers.compose(Duration.ofMinutes(1), "rm", "--stop", "--force", node);
		Containers.docker("volume", "rm", containers.project() + "_" + node);
		containers.up();
	}

	@Test
	void composeFilesAreValidInEveryCombination(TestCluster cluster) {
		String file = Containers.CHECKOUT.resolve("docker-compose.yml").toString();
		String highlyAvailable = Containers.CHECKOUT.resolve("docker-compose.ha.yml").toString();
		for (String profile : List.of("", "monitoring", "*")) {
			assertThat(Containers.docker("compose", "--file", file, "--profile", profile, "config", "--quiet"))
				.isEmpty();
			assertThat(Containers.docker("compose", "--file", file, "--file", highlyAvailable, "--profile", profile,
					"config", "--quiet"))
				.isEmpty();
			assertThat(cluster.containers().compose(Duration.ofSeconds(20), "--profile", profile, "config", "--quiet"))
				.isEmpty();
		}
	}

}
