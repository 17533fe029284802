package io.tandem.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.tandem.gateway.balance.InstancePool;
import io.tandem.gateway.support.ManagementClient;
import io.tandem.gateway.support.TestClient;
import io.tandem.gateway.support.TestGateway;
import io.tandem.gateway.support.TestInstance;
import io.tandem.gateway.support.TestMessage;
import io.tandem.gateway.support.Traffic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What an operator can see and change while the gateway runs.
 */
class BalancerEndpointIntegrationTests {

	private static final TestInstance first = TestInstance.start("web-app-1");

	private static final TestInstance second = TestInstance.start("web-app-2");

	private static final TestGateway gateway = TestGateway.over(List.of(first, second),
			"tandem.gateway.admin.password=" + ManagementClient.PASSWORD,
			"tandem.gateway.sticky-secret=0123456789abcdef");

	private final ManagementClient management = new ManagementClient(gateway.managementPort());

	@BeforeEach
	void allIsAsConfigured() throws IOException {
		first.heal();
		second.heal();
		management.delete("/instances/web-app-1");
		management.delete("/instances/web-app-2");
		management.post("", "{\"algorithm\": \"round-robin\"}");
		gateway.awaitInRotation(2);
	}

	@AfterAll
	static void stop() {
		gateway.close();
		first.close();
		second.close();
	}

	@Test
	void weightCountsFromTheNextRequestOn() throws Exception {
		assertThat(management.post("/instances/web-app-1", "{\"weight\": 5}").status()).isEqualTo(200);
		Traffic traffic = Traffic.send(gateway.port(), 600, 16, (client) -> client.get("/"));
		assertThat(traffic.servedBy()).containsEntry("web-app-1", 500).containsEntry("web-app-2", 100);
		management.post("/instances/web-app-1", "{\"weight\": 0}");
		assertThat(served(10)).doesNotContain("web-app-1");
		management.delete("/instances/web-app-1");
		assertThat(Traffic.send(gateway.port(), 10, 1, (client) -> client.get("/")).servedBy())
			.containsEntry("web-app-1", 5);
	}

	@ParameterizedTest
	@ValueSource(strings = { "drain", "maintenance", "standby" })
	void stateCountsFromTheNextRequestOn(String state) throws Exception {
		management.post("/instances/web-app-2", "{\"state\": \"" + state + "\"}");
		assertThat(served(10)).containsOnly("web-app-1");
		management.post("/instances/web-app-2", "{\"state\": \"ready\"}");
		assertThat(served(4)).contains("web-app-2");
	}

	@Test
	void standbyServesWhenTheActiveOneDies() throws Exception {
		management.post("/instances/web-app-2", "{\"state\": \"standby\"}");
		first.stop();
		assertThat(served(10)).containsOnly("web-app-2");
		first.start();
		await().untilAsserted(() -> assertThat(served(2)).containsOnly("web-app-1"));
	}

	@Test
	void maintenanceOfAllIsAnExplained503ThatIsCounted() throws Exception {
		management.post("/instances/web-app-1", "{\"state\": \"maintenance\"}");
		management.post("/instances/web-app-2", "{\"state\": \"maintenance\"}");
		TestMessage response = TestClient.get(gateway.port(), "/");
		assertThat(response.status()).isEqualTo(503);
		assertThat(response.header("X-Gateway-Error")).isEqualTo("no-instance");
		assertThat(response.body()).contains("maintenance");
		assertThat(TestClient.get(gateway.managementPort(), "/actuator/prometheus").body())
			.containsPattern("tandem_gateway_refused_total\\{.*reason=\"no-instance\".*} [1-9]");
	}

	@ParameterizedTest
	@ValueSource(strings = { "least-connections", "ip-hash", "active-passive", "random-two-choices" })
	void algorithmChangesWhileTheGatewayRuns(String algorithm) throws Exception {
		assertThat(management.post("", "{\"algorithm\": \"" + algorithm + "\"}").body()).contains(algorithm);
		assertThat(Traffic.send(gateway.port(), 100, 4, (client) -> client.get("/")).failures()).isEmpty();
		if (algorithm.equals("ip-hash")) {
			assertThat(served(10).stream().distinct()).hasSize(1);
		}
		if (algorithm.equals("active-passive")) {
			assertThat(served(10)).containsOnly("web-app-1");
		}
	}

	@Test
	void drainWaitsUntilTheLastRequestIsDone() throws Exception {
		second.behave((instance, request, in, out, socket) -> {
			instance.note(request);
			TestInstance.respond(out, "HTTP/1.1 200 OK", List.of("Content-Length: 3", "X-Served-By: web-app-2"), "ab");
			Thread.sleep(1500);
			out.write('c');
			out.flush();
		});
		management.post("/instances/web-app-1", "{\"weight\": 0}");
		CompletableFuture<TestMessage> slow = CompletableFuture.supplyAsync(this::get);
		await().until(() -> second.count() == 1);
		management.delete("/instances/web-app-1");
		management.post("/instances/web-app-2", "{\"state\": \"drain\"}");
		TestMessage before = management.get("/drain/web-app-2");
		assertThat(before.status()).isEqualTo(409);
		assertThat(before.body()).contains("\"safeToStop\":false", "\"inFlight\":1", "\"oldestMillis\":");
		assertThat(management.get("/drain/web-app-2?wait=100ms").status()).isEqualTo(409);
		TestMessage after = management.get("/drain/web-app-2?wait=20s");
		assertThat(after.status()).isEqualTo(200);
		assertThat(after.body()).contains("\"safeToStop\":true");
		assertThat(slow.join().body()).isEqualTo("abc");
	}

	@Test
	void instanceThatStillServesIsNotSafeToStop() throws Exception {
		TestMessage response = management.get("/drain/web-app-1");
		assertThat(response.status()).isEqualTo(409);
		assertThat(response.body()).contains("set its state to drain");
	}

	@Test
	void abortedRequestsLeaveNothingInFlight() throws Exception {
		for (TestInstance instance : List.of(first, second)) {
			instance.behave((self, request, in, out, socket) -> {
				TestInstance.respond(out, "HTTP/1.1 200 OK", List.of("Content-Length: 100000"), "half");
				Thread.sleep(20_000);
			});
		}
		for (int i = 0; i < 300; i++) {
			try (TestClient client = new TestClient(gateway.port())) {
				client.write("GET / HTTP/1.1\r\nHost: tandem.test\r\n\r\n");
				if (i % 3 == 0) {
					client.readInterim();
				}
			}
		}
		InstancePool pool = gateway.bean(InstancePool.class);
		await().atMost(Duration.ofSeconds(15))
			.untilAsserted(() -> assertThat(pool.status().instances()).extracting((status) -> status.inFlight())
				.containsExactly(0, 0));
	}

	@Test
	void pictureShowsWeightsStatesHealthAndLoad() throws Exception {
		management.post("/instances/web-app-2", "{\"weight\": 3, \"state\": \"standby\"}");
		assertThat(management.get("").body()).contains("\"node\":\"gateway\"", "\"algorithm\":\"round-robin\"",
				"\"tier\":\"active\"", "\"changeable\":true", "\"id\":\"web-app-2\"", "\"weight\":3",
				"\"state\":\"standby\"", "\"inFlight\":0", "\"waiting\":\"standby\"",
				"\"setByOperator\":[\"weight\",\"state\"]", "\"ejections\":", "readiness answered 200");
	}

	@Test
	void picksSayWhyARequestWentWhereItDid() throws Exception {
		first.stop();
		gateway.awaitInRotation(1);
		TestClient.get(gateway.port(), "/some/path?secret=1");
		await().untilAsserted(
				() -> assertThat(management.get("/picks?limit=1").body())
					.contains("\"method\":\"GET\"", "\"path\":\"/some/path\"", "web-app-2 is the only one",
							"\"waiting\":{\"web-app-1\":\"", "\"outcome\":\"200\"")
					.doesNotContain("secret"));
	}

	@Test
	void changesAreOnRecord() throws Exception {
		management.post("/instances/web-app-1", "{\"weight\": 7}");
		assertThat(management.get("/events?limit=1").body()).contains("\"who\":\"admin\"", "\"from\":\"127.0.0.1:",
				"instances/web-app-1/weight = 7", "\"at\":\"");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "|{\"algorithm\": \"fastest\"}|400|least-connections", "|{}|400|algorithm",
					"/instances/web-app-1|{\"weight\": 257}|400|between 0 and 256",
					"/instances/web-app-1|{\"state\": \"gone\"}|400|maintenance", "/instances/web-app-1|{}|400|weight",
					"/instances/web-app-9|{\"weight\": 1}|404|web-app-1",
					"/settings|{\"settings\": \"{}\"}|400|settings", "/anything|{\"settings\": \"{}\"}|404|sent" })
	void mistakesAreExplained(String path, String json, int status, String explanation) throws Exception {
		TestMessage response = management.post((path != null) ? path : "", json);
		assertThat(response.status()).isEqualTo(status);
		assertThat(response.body()).contains(explanation);
	}

	@Test
	void nothingIsShownOrChangedWithoutThePassword() throws Exception {
		for (String password : List.of("", "wrong")) {
			ManagementClient stranger = new ManagementClient(gateway.managementPort(), password);
			assertThat(stranger.get("").status()).isEqualTo(401);
			assertThat(stranger.get("/picks").status()).isEqualTo(401);
			assertThat(stranger.post("/instances/web-app-1", "{\"weight\": 0}").status()).isEqualTo(401);
			assertThat(stranger.post("/settings", "{\"settings\": \"{}\"}").status()).isEqualTo(401);
			assertThat(stranger.delete("/instances/web-app-1").status()).isEqualTo(401);
		}
		assertThat(served(4)).contains("web-app-1");
	}

	@Test
	void pageOfAnotherSiteChangesNothingEvenWithThePassword() throws Exception {
		assertThat(management.post("/instances/web-app-1", "{\"weight\": 0}", "Origin: http://evil.test").status())
			.isEqualTo(403);
		assertThat(management
			.post("/instances/web-app-1", "{\"weight\": 1}", "Origin: http://127.0.0.1:" + gateway.managementPort())
			.status()).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "/actuator/health", "/actuator/health/readiness", "/actuator/info", "/actuator/prometheus" })
	void healthAndMetricsNeedNoPassword(String path) throws Exception {
		assertThat(TestClient.get(gateway.managementPort(), path).status()).isEqualTo(200);
	}

	@Test
	void dataPathKnowsNothingOfPasswords() throws Exception {
		try (TestClient client = new TestClient(gateway.port())) {
			TestMessage response = client.exchange("GET /actuator/balancer HTTP/1.1", "Host: tandem.test",
					"Authorization: Basic d3Jvbmc6d3Jvbmc=");
			assertThat(response.status()).isEqualTo(200);
			assertThat(response.header("X-Served-By")).startsWith("web-app");
			assertThat(response.body()).contains("Authorization: Basic d3Jvbmc6d3Jvbmc=");
			assertThat(response.headers("Cache-Control")).isEmpty();
		}
	}

	@Test
	void cookieBringsTheClientBackToItsInstance() throws Exception {
		try (TestClient client = new TestClient(gateway.port())) {
			TestMessage response = client.get("/");
			String cookie = String.valueOf(response.header("Set-Cookie"));
			assertThat(cookie).matches("tandem-instance=[A-Za-z0-9_-]{22}; Path=/; (?i:HttpOnly); SameSite=Lax");
			for (int i = 0; i < 5; i++) {
				TestMessage next = client.exchange("GET / HTTP/1.1", "Host: tandem.test",
						"Cookie: a=b; " + cookie.substring(0, cookie.indexOf(';')));
				assertThat(next.header("X-Served-By")).isEqualTo(response.header("X-Served-By"));
				assertThat(next.headers("Set-Cookie")).isEmpty();
			}
		}
	}

	@Test
	void instanceCanAskToBeDrained() throws Exception {
		first.answerReadinessWith(200, "X-Tandem-State: drain");
		gateway.awaitInRotation(1);
		assertThat(served(4)).containsOnly("web-app-2");
		first.answerReadinessWith(200, "X-Tandem-Weight: 3");
		gateway.awaitInRotation(2);
		assertThat(Traffic.send(gateway.port(), 40, 4, (client) -> client.get("/")).servedBy())
			.containsEntry("web-app-1", 30);
	}

	private TestMessage get() {
		try {
			return TestClient.get(gateway.port(), "/");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static List<String> served(int requests) throws IOException {
		try (TestClient client = new TestClient(gateway.port())) {
			List<String> served = new ArrayList<>();
			for (int i = 0; i < requests; i++) {
				served.add(String.valueOf(client.get("/").header("X-Served-By")));
			}
			return served;
		}
	}

}
