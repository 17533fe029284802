package io.tandem.gateway;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import io.tandem.gateway.support.ManagementClient;
import io.tandem.gateway.support.TestClient;
import io.tandem.gateway.support.TestGateway;
import io.tandem.gateway.support.TestInstance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Firewall rules of a pair of gateways.
 */
class FirewallReplicationIntegrationTests {

	private static final String PASSWORD = "tandem.gateway.admin.password=" + ManagementClient.PASSWORD;

	private final int management = TestInstance.freePort();

	private final int otherManagement = TestInstance.freePort();

	@Test
	void otherGatewayHearsOfARuleAndKeepsItOverARestart(@TempDir Path directory) throws Exception {
		String file = "tandem.gateway.state-file=" + directory.resolve("state.json");
		try (TestInstance instance = TestInstance.start("web-app-1")) {
			try (TestGateway gateway = gateway(instance, management, otherManagement);
					TestGateway other = TestGateway.over(List.of(instance), PASSWORD, file,
							"tandem.node-name=gateway-2", "management.server.port=" + otherManagement,
							"tandem.gateway.peers=http://127.0.0.1:" + management)) {
				ManagementClient operator = ManagementClient.firewall(gateway.managementPort());
				assertThat(operator.post("/deny", "{\"add\": \"127.0.0.9\"}").status()).isEqualTo(200);
				await().until(() -> !isServed("127.0.0.9", other.port()));
				assertThat(isServed("127.0.0.11", other.port())).isTrue();
			}
			try (TestGateway restarted = TestGateway.over(List.of(instance), PASSWORD, file)) {
				assertThat(isServed("127.0.0.9", restarted.port())).isFalse();
				assertThat(isServed("127.0.0.11", restarted.port())).isTrue();
			}
		}
	}

	private static TestGateway gateway(TestInstance instance, int management, int peer) {
		return TestGateway.over(List.of(instance), PASSWORD, "tandem.node-name=gateway-1",
				"management.server.port=" + management, "tandem.gateway.peers=http://127.0.0.1:" + peer);
	}

	private static boolean isServed(String address, int port) {
		try (TestClient client = new TestClient(address, port)) {
			return client.get("/").status() == 200;
		}
		catch (IOException ex) {
			return false;
		}
	}

}
