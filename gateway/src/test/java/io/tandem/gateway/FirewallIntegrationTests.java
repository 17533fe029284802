package io.tandem.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import io.tandem.gateway.firewall.Firewall;
import io.tandem.gateway.support.ManagementClient;
import io.tandem.gateway.support.TestClient;
import io.tandem.gateway.support.TestGateway;
import io.tandem.gateway.support.TestInstance;
import io.tandem.gateway.support.TestMessage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * Who may connect, and who decides that. Clients connect from 127.0.0.1, 127.0.0.2 and so
 * on.
 */
class FirewallIntegrationTests {

	private static final String PASSWORD = "tandem.gateway.admin.password=" + ManagementClient.PASSWORD;

	private static final TestInstance instance = TestInstance.start("web-app-1");

	private static final TestGateway gateway = TestGateway.over(List.of(instance), PASSWORD,
			"tandem.gateway.firewall.deny=127.0.0.66", "tandem.gateway.state-file=" + stateFile());

	private final ManagementClient operator = ManagementClient.firewall(gateway.managementPort());

	@BeforeEach
	void isInRotation() {
		instance.heal();
		gateway.awaitInRotation(1);
	}

	@AfterEach
	void reset() throws Exception {
		operator.delete("");
	}

	@AfterAll
	static void stop() {
		gateway.close();
		instance.close();
	}

	@Test
	void configuredRuleAppliesFromTheStart() {
		assertThat(isServed("127.0.0.1")).isTrue();
		assertThat(isServed("127.0.0.66")).isFalse();
		assertThat(isServed("127.0.0.67")).isTrue();
	}

	@Test
	void deniedClientIsDisconnectedWithoutAnAnswer() {
		assertThatIOException().isThrownBy(() -> get("127.0.0.66"));
		assertThat(instance.served()).isEmpty();
	}

	@Test
	void ruleOfAnOperatorAppliesToTheNextConnection() throws Exception {
		assertThat(operator.post("", "{\"deny\": \"127.0.0.64/26, 2001:db8::/32\"}").body())
			.contains("\"127.0.0.64/26\"", "\"2001:db8::/32\"");
		assertThat(isServed("127.0.0.67")).isFalse();
		assertThat(isServed("127.0.0.1")).isTrue();
		assertThat(operator.post("/deny", "{\"remove\": \"127.0.0.64/26\"}").status()).isEqualTo(200);
		assertThat(isServed("127.0.0.67")).isTrue();
		assertThat(operator.post("/deny", "{\"add\": \"127.0.0.67\"}").status()).isEqualTo(200);
		assertThat(isServed("127.0.0.67")).isFalse();
		assertThat(operator.delete("").body()).isEqualTo("{\"allow\":[],\"deny\":[\"127.0.0.66/32\"]}");
		assertThat(isServed("127.0.0.67")).isTrue();
	}

	@Test
	void allowListShutsOutEverybodyElseButNotTheOperator() throws Exception {
		operator.post("", "{\"allow\": \"127.0.0.2\"}");
		assertThat(isServed("127.0.0.1")).isFalse();
		assertThat(isServed("127.0.0.2")).isTrue();
		operator.post("", "{\"deny\": \"0.0.0.0/0,::/0\"}");
		assertThat(isServed("127.0.0.2")).isFalse();
		assertThat(operator.get("").body()).contains("0.0.0.0/0", "::/0");
		assertThat(operator.get("/127.0.0.2").body()).contains("\"permitted\":false");
	}

	@Test
	void openConnectionIsRefusedItsNextRequest() throws Exception {
		try (TestClient client = new TestClient("127.0.0.5", gateway.port())) {
			assertThat(client.get("/").status()).isEqualTo(200);
			operator.post("/deny", "{\"add\": \"127.0.0.5\"}");
			TestMessage response = client.get("/");
			assertThat(response.status()).isEqualTo(403);
			assertThat(response.header("X-Gateway-Error")).isEqualTo("forbidden");
		}
	}

	@Test
	void changesNeedThePasswordAndAreOnRecord() throws Exception {
		ManagementClient stranger = ManagementClient.firewall(gateway.managementPort(), "wrong");
		assertThat(stranger.post("/deny", "{\"add\": \"127.0.0.5\"}").status()).isEqualTo(401);
		assertThat(stranger.get("").status()).isEqualTo(401);
		assertThat(isServed("127.0.0.5")).isTrue();
		operator.post("/deny", "{\"add\": \"127.0.0.6\"}");
		assertThat(new ManagementClient(gateway.managementPort()).get("/events").body())
			.contains("firewall/deny = 127.0.0.66/32,127.0.0.6/32");
	}

	@Test
	void changesAtTheSameTimeAreAllKept() throws Exception {
		List<Integer> networks = IntStream.range(0, 20).boxed().toList();
		try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
			for (Future<TestMessage> answer : executor.invokeAll(networks.stream().map(this::addition).toList())) {
				assertThat(answer.get().status()).isEqualTo(200);
			}
		}
		assertThat(gateway.bean(Firewall.class).rules().deny())
			.containsAll(networks.stream().map((network) -> "10.0." + network + ".0/24").toList());
	}

	private Callable<TestMessage> addition(int network) {
		return () -> operator.post("/deny", "{\"add\": \"10.0." + network + ".0/24\"}");
	}

	@Test
	void nonsenseIsRefused() throws Exception {
		assertThat(operator.post("", "{\"deny\": \"127.0.0.1/40\"}").status()).isEqualTo(400);
		assertThat(operator.post("", "{}").status()).isEqualTo(400);
		assertThat(operator.post("/deny", "{\"add\": \"example.test\"}").status()).isEqualTo(400);
		assertThat(operator.post("/deny", "{\"remove\": \"9.9.9.9\"}").status()).isEqualTo(404);
		assertThat(operator.post("/others", "{\"add\": \"9.9.9.9\"}").status()).isEqualTo(404);
		assertThat(operator.get("/nonsense").status()).isEqualTo(400);
		assertThat(isServed("127.0.0.1")).isTrue();
	}

	/** Each change waits for the disk. */
	private static Path stateFile() {
		try {
			return Files.createTempDirectory("firewall-test").resolve("state.json");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static boolean isServed(String address) {
		try (TestClient client = new TestClient(address, gateway.port())) {
			return client.get("/").status() == 200;
		}
		catch (IOException ex) {
			return false;
		}
	}

	private static TestMessage get(String address) throws IOException {
		try (TestClient client = new TestClient(address, gateway.port())) {
			return client.get("/");
		}
	}

}
