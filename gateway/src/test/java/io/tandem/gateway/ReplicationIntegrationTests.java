package io.tandem.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.tandem.gateway.support.ManagementClient;
import io.tandem.gateway.support.TestClient;
import io.tandem.gateway.support.TestGateway;
import io.tandem.gateway.support.TestInstance;
import io.tandem.gateway.support.TestMessage;
import io.tandem.gateway.support.TestProcess;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * What operators changed survives restarts and reaches the other gateway.
 */
class ReplicationIntegrationTests {

	private final TestInstance first = TestInstance.start("web-app-1");

	private final TestInstance second = TestInstance.start("web-app-2");

	private final int port1 = TestInstance.freePort();

	private final int port2 = TestInstance.freePort();

	private final Path directory;

	ReplicationIntegrationTests(@TempDir Path directory) {
		this.directory = directory;
	}

	@AfterEach
	void stop() {
		first.close();
		second.close();
	}

	/**
	 * Processes, because contexts in one JVM share Reactor Netty's event loops: closing
	 * one ends the servers of the other.
	 */
	@Test
	void changeReachesTheOtherGatewayAtOnceAndOneThatWasAwayOnItsReturn() throws Exception {
		ManagementClient one = new ManagementClient(port1);
		ManagementClient two = new ManagementClient(port2);
		try (TestProcess gateway1 = process(1, "60s")) {
			try (TestProcess gateway2 = process(2, "60s")) {
				TestGateway.awaitReady(port1);
				TestGateway.awaitReady(port2);
				one.post("/instances/web-app-1", "{\"state\": \"drain\"}");
				await().untilAsserted(
						() -> assertThat(two.get("/instances/web-app-1").body()).contains("\"state\":\"drain\""));
				two.post("", "{\"algorithm\": \"least-connections\"}");
				await().untilAsserted(() -> assertThat(one.get("").body()).contains("least-connections"));
				assertThat(two.get("/events").body()).contains("instances/web-app-1/state = drain",
						"set by admin at gateway-1");
				gateway2.kill();
			}
			assertThat(one.post("/instances/web-app-2", "{\"weight\": 9}").status()).isEqualTo(200);
			assertThat(gateway1.isAlive()).isTrue();
			Files.delete(directory.resolve("gateway-2.json"));
			try (TestProcess gateway2 = process(2, "60s")) {
				TestGateway.awaitReady(port2);
				assertThat(two.get("").body()).contains("least-connections", "\"weight\":9", "\"state\":\"drain\"");
				assertThat(gateway2.isAlive()).isTrue();
			}
		}
	}

	@Test
	void changeThatCouldNotBeSentIsAskedFor() throws Exception {
		ManagementClient one = new ManagementClient(port1);
		ManagementClient two = new ManagementClient(port2);
		try (TestProcess gateway1 = process(1, "200ms")) {
			TestGateway.awaitReady(port1);
			one.post("/instances/web-app-1", "{\"weight\": 6}");
			gateway1.suspend();
			try (TestProcess gateway2 = process(2, "200ms")) {
				TestGateway.awaitReady(port2);
				two.post("/instances/web-app-2", "{\"weight\": 7}");
				gateway1.resume();
				await().untilAsserted(() -> assertThat(one.get("").body()).contains("\"weight\":7"));
				await().untilAsserted(() -> assertThat(two.get("").body()).contains("\"weight\":6"));
				assertThat(gateway2.isAlive()).isTrue();
			}
		}
	}

	@Test
	void stateSurvivesARestart() throws Exception {
		ManagementClient one = new ManagementClient(port1);
		gateway(1).close();
		try (TestGateway gateway = gateway(1)) {
			one.post("/instances/web-app-1", "{\"weight\": 4, \"state\": \"standby\"}");
			assertThat(gateway.inRotation()).isEqualTo(1);
		}
		try (TestGateway gateway = gateway(1)) {
			assertThat(gateway.inRotation()).isEqualTo(1);
			assertThat(one.get("/instances/web-app-1").body()).contains("\"weight\":4", "\"state\":\"standby\"");
		}
	}

	@Test
	void corruptStateFileMeansDefaultsNotAFailedStart() throws Exception {
		Files.writeString(directory.resolve("gateway-1.json"), "{\"format\": 1, \"sett");
		try (TestGateway gateway = gateway(1)) {
			assertThat(gateway.inRotation()).isEqualTo(2);
		}
		assertThat(directory.resolve("gateway-1.json.corrupt")).exists();
	}

	@Test
	void withoutAPasswordChangesAreRefusedAndSaidHowToAllowThem() throws Exception {
		try (TestGateway gateway = TestGateway.over(first, second)) {
			ManagementClient stranger = new ManagementClient(gateway.managementPort(), "");
			assertThat(stranger.get("").body()).contains("\"changeable\":false", "web-app-1");
			for (TestMessage refused : List.of(stranger.post("/instances/web-app-1", "{\"weight\": 0}"),
					stranger.post("", "{\"algorithm\": \"ip-hash\"}"), stranger.delete("/instances/web-app-1"),
					new ManagementClient(gateway.managementPort()).post("", "{\"algorithm\": \"ip-hash\"}"))) {
				assertThat(refused.status()).isEqualTo(403);
				assertThat(refused.body()).contains("Set tandem.gateway.admin.password");
			}
		}
	}

	@Test
	void peersWithoutAPasswordStopTheStart() {
		assertThatExceptionOfType(Exception.class)
			.isThrownBy(() -> TestGateway.over(List.of(first), "tandem.gateway.peers=http://127.0.0.1:1"))
			.havingRootCause()
			.withMessageContaining("without a password");
	}

	private TestGateway gateway(int number) {
		return TestGateway.over(List.of(first, second), properties(number, "60s").toArray(String[]::new));
	}

	private TestProcess process(int number, String interval) {
		List<String> arguments = new ArrayList<>(
				TestGateway.arguments(TestInstance.freePort(), (number == 1) ? port1 : port2, List.of(first, second)));
		properties(number, interval).stream()
			.filter((property) -> !property.startsWith("management.server.port="))
			.forEach((property) -> arguments.add("--" + property));
		return TestProcess.java(GatewayApplication.class, List.of("-Xmx96m"), arguments);
	}

	private List<String> properties(int number, String interval) {
		int port = (number == 1) ? port1 : port2;
		int peer = (number == 1) ? port2 : port1;
		return List.of("management.server.port=" + port, "tandem.node-name=gateway-" + number,
				"tandem.gateway.admin.password=" + ManagementClient.PASSWORD,
				"tandem.gateway.peers=http://127.0.0.1:" + peer, "tandem.gateway.peer-interval=" + interval,
				"tandem.gateway.state-file=" + directory.resolve("gateway-" + number + ".json"));
	}

}
