package io.tandem.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.CookieManager;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import io.tandem.gateway.support.DashboardStream;
import io.tandem.gateway.support.ManagementClient;
import io.tandem.gateway.support.TestClient;
import io.tandem.gateway.support.TestGateway;
import io.tandem.gateway.support.TestInstance;
import io.tandem.gateway.support.TestMessage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The dashboard below its page: who may see and change what, and what the page is sent.
 */
@org.junit.jupiter.api.TestInstance(Lifecycle.PER_CLASS)
@Timeout(60)
class DashboardIntegrationTests {

	private static final String PASSWORD = "tandem.gateway.admin.password=" + ManagementClient.PASSWORD;

	private TestInstance one;

	private TestInstance two;

	private TestGateway first;

	private TestGateway second;

	/** No gateway, but the second one believes it. */
	private TestInstance third;

	@BeforeAll
	void start() {
		one = TestInstance.start("web-app-1");
		two = TestInstance.start("web-app-2");
		third = TestInstance.start("gateway-3");
		third.behave(DashboardIntegrationTests::report);
		int firstPort = TestInstance.freePort();
		int secondPort = TestInstance.freePort();
		first = TestGateway.over(List.of(one, two), PASSWORD, "tandem.node-name=gateway-1",
				"management.server.port=" + firstPort, "tandem.gateway.peers=http://127.0.0.1:" + secondPort);
		second = TestGateway.over(List.of(one, two), PASSWORD, "tandem.node-name=gateway-2",
				"management.server.port=" + secondPort,
				"tandem.gateway.peers=http://127.0.0.1:" + firstPort + ",http://127.0.0.1:" + third.port());
	}

	@AfterAll
	void stop() {
		first.close();
		second.close();
		one.close();
		two.close();
		third.close();
	}

	@Test
	void pageIsOnTheManagementPortAndBringsAStrictPolicy() throws Exception {
		Browser browser = new Browser(first);
		HttpResponse<String> page = browser.get("/");
		assertThat(page.statusCode()).isEqualTo(200);
		assertThat(page.body()).contains("Why this server?").doesNotContain("<script>", "style=", " onclick");
		assertThat(page.headers().firstValue("Content-Security-Policy")).get()
			.asString()
			.contains("default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'")
			.doesNotContain("unsafe");
		assertThat(page.headers().firstValue("Set-Cookie")).isEmpty();
		for (String file : List.of("main.js", "lib/uPlot.esm.js", "lib/uPlot.min.css", "dashboard.css",
				"favicon.svg")) {
			assertThat(browser.get("/dashboard/" + file).statusCode()).as(file).isEqualTo(200);
		}
		assertThat(browser.get("/dashboard/lib/../package.json").statusCode()).isIn(400, 404);
		assertThat(browser.get("/dashboard/lib/package.json").statusCode()).isEqualTo(404);
		assertThat(browser.get("/dashboard/../application.properties").statusCode()).isIn(400, 404);
	}

	@Test
	void publicPortHasNothingOfIt() throws Exception {
		for (String path : List.of("/", "/dashboard/main.js", "/dashboard/stream", "/dashboard/session")) {
			assertThat(TestClient.get(first.port(), path).start()).as(path).contains("200");
			assertThat(TestClient.get(first.port(), path).headers()).as(path)
				.anyMatch((header) -> header.startsWith("X-Served-By: web-app-"));
		}
	}

	@Test
	void whoHasNotLoggedInSeesThePictureAndChangesNothing() throws Exception {
		Browser browser = new Browser(first);
		assertThat(browser.session().has("user")).isFalse();
		assertThat(browser.session().path("changeable").asBoolean()).isTrue();
		assertThat(browser.get("/actuator/balancer/picks").statusCode()).isEqualTo(401);
		assertThat(browser.change("{\"weight\": 3}", "")).isEqualTo(401);
		try (DashboardStream stream = browser.stream()) {
			assertThat(stream.next("snapshot").path("node").asString()).isEqualTo("gateway-1");
		}
	}

	@Test
	void changesNeedTheSessionAndItsToken() throws Exception {
		Browser browser = new Browser(first);
		assertThat(browser.login("wrong")).isEqualTo(401);
		assertThat(browser.session().has("user")).isFalse();
		assertThat(browser.login(ManagementClient.PASSWORD)).isEqualTo(204);
		assertThat(browser.session().path("user").asString()).isEqualTo("admin");
		assertThat(browser.change("{\"weight\": 3}", "")).isEqualTo(403);
		assertThat(browser.change("{\"weight\": 3}", "made up")).isEqualTo(403);
		String token = browser.session().path("csrfToken").asString();
		assertThat(browser.change("{\"weight\": 3}", token)).isEqualTo(200);
		assertThat(browser.get("/actuator/balancer/events").body()).contains("\"who\":\"admin\"");
		assertThat(browser.change("{\"weight\": 1}", token)).isEqualTo(200);
		await("the other gateway").atMost(Duration.ofSeconds(5))
			.until(() -> new ManagementClient(second.managementPort()).get("/events").body().contains("weight = 1"));
		browser.logout(token);
		assertThat(browser.session().has("user")).isFalse();
		assertThat(new ManagementClient(first.managementPort()).get("/events").body())
			.contains("\"what\":\"logged out of the dashboard\"");
		assertThat(browser.change("{\"weight\": 3}", token)).isIn(401, 403);
	}

	@Test
	void failedLoginsAreAuditedButCannotFloodTheLog() throws Exception {
		for (int i = 0; i < 10; i++) {
			assertThat(new Browser(second).login("wrong")).isEqualTo(401);
		}
		assertThat(JsonMapper.shared()
			.readTree(new ManagementClient(second.managementPort()).get("/events").body())
			.path("events")
			.valueStream()
			.filter((event) -> event.path("what").asString().startsWith("failed to log in"))).hasSizeBetween(5, 6)
			.allMatch((event) -> event.path("from").asString().startsWith("127.0.0.1:"));
	}

	@Test
	void cookieIsForThisGatewayAndNoScript() throws Exception {
		HttpResponse<String> answer = new Browser(first).post("/login",
				"username=admin&password=" + URLEncoder.encode(ManagementClient.PASSWORD, StandardCharsets.UTF_8));
		assertThat(answer.headers().firstValue("Set-Cookie")).get()
			.asString()
			.startsWith("tandem-session-gateway-1=")
			.containsIgnoringCase("httponly")
			.contains("SameSite=Strict");
	}

	@Test
	void pageOfAnotherSiteCannotLogIn() throws Exception {
		Browser browser = new Browser(first);
		HttpResponse<String> answer = browser.send(browser.request("/login")
			.header("Origin", "http://evil.example")
			.header("Content-Type", "application/x-www-form-urlencoded")
			.POST(BodyPublishers.ofString("username=admin&password="
					+ URLEncoder.encode(ManagementClient.PASSWORD, StandardCharsets.UTF_8))));
		assertThat(answer.statusCode()).isEqualTo(403);
	}

	@Test
	void linkLogsInOnce() throws Exception {
		Browser browser = new Browser(first);
		assertThat(browser.post("/actuator/login", "").statusCode()).isEqualTo(401);
		HttpResponse<String> link = browser.send(browser.request("/actuator/login")
			.header("Authorization", ManagementClient.authorization())
			.header("Content-Type", "application/json")
			.POST(BodyPublishers.ofString("{}")));
		String path = JsonMapper.shared().readTree(link.body()).path("path").asString();
		assertThat(path).matches("/#login=[\\w-]{43}");
		String form = "token=" + path.substring("/#login=".length());
		assertThat(browser.post("/login/link", form).statusCode()).isEqualTo(204);
		assertThat(browser.session().path("user").asString()).isEqualTo("admin");
		assertThat(new Browser(first).post("/login/link", form).statusCode()).isEqualTo(401);
	}

	@Test
	void scriptsGetNoSession() throws Exception {
		Browser browser = new Browser(first);
		HttpResponse<String> answer = browser.send(
				browser.request("/actuator/balancer").header("Authorization", ManagementClient.authorization()).GET());
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
	}

	@Test
	void bothGatewaysTellOfBoth() throws Exception {
		try (DashboardStream stream = new Browser(second).stream()) {
			assertThat(stream.next("history").path("points").isArray()).isTrue();
			await().atMost(Duration.ofSeconds(10)).until(() -> {
				for (int i = 0; i < 20; i++) {
					TestClient.get(first.port(), "/");
				}
				JsonNode snapshot = stream.next("snapshot");
				return snapshot.path("gateways").size() == 3
						&& snapshot.path("gateways").path(0).path("name").asString().equals("gateway-1")
						&& snapshot.path("gateways").path(0).path("rate").asDouble() > 0
						&& snapshot.path("point").path("requests").asDouble() > 0;
			});
		}
	}

	@Test
	void requestsInFlightAtTheOtherGatewayCount() throws Exception {
		CountDownLatch answer = new CountDownLatch(1);
		one.behave((instance, request, in, out, socket) -> {
			answer.await();
			TestInstance.ANSWER.handle(instance, request, in, out, socket);
		});
		two.behave((instance, request, in, out, socket) -> {
			answer.await();
			TestInstance.ANSWER.handle(instance, request, in, out, socket);
		});
		try (DashboardStream stream = new Browser(second).stream()) {
			for (int i = 0; i < 2; i++) {
				Thread.startVirtualThread(() -> {
					try {
						TestClient.get(first.port(), "/slow");
					}
					catch (IOException ex) {
						throw new IllegalStateException(ex);
					}
				});
			}
			await().atMost(Duration.ofSeconds(3)).until(() -> {
				JsonNode instance = stream.next("snapshot").path("instances").path(0);
				return instance.path("inFlight").asInt() == 1 && instance.path("oldestMillis").asLong() > 0
						&& !instance.path("safeToStop").asBoolean();
			});
		}
		finally {
			answer.countDown();
			one.heal();
			two.heal();
		}
	}

	@Test
	void refusalsCountAsRequestsAndErrorsWhenNobodyServes() throws Exception {
		ManagementClient management = new ManagementClient(first.managementPort());
		try (DashboardStream stream = new Browser(second).stream()) {
			management.post("/instances/web-app-1", "{\"state\": \"maintenance\"}");
			management.post("/instances/web-app-2", "{\"state\": \"maintenance\"}");
			await().atMost(Duration.ofSeconds(10)).until(() -> {
				for (int i = 0; i < 20; i++) {
					assertThat(TestClient.get(first.port(), "/").status()).isEqualTo(503);
				}
				JsonNode snapshot = stream.next("snapshot");
				double requests = snapshot.path("point").path("requests").asDouble();
				return snapshot.path("tier").isNull() && requests > 0
						&& snapshot.path("point").path("errors").asDouble() == requests
						&& snapshot.path("gateways").path(0).path("rate").asDouble() > 0;
			});
		}
		finally {
			management.delete("/instances/web-app-1");
			management.delete("/instances/web-app-2");
			second.awaitInRotation(2);
		}
	}

	@Test
	void nothingIsSafeToStopWhileAGatewayDoesNotAnswerEvenOnce() throws Exception {
		ManagementClient management = new ManagementClient(second.managementPort());
		try (DashboardStream stream = new Browser(second).stream()) {
			management.post("/instances/web-app-1", "{\"state\": \"drain\"}");
			awaitPeerAndSafety(stream, true);
			third.behave((instance, request, in, out, socket) -> TestInstance.respond(out,
					"HTTP/1.1 503 Service Unavailable", List.of("Content-Length: 0"), ""));
			awaitPeerAndSafety(stream, false);
			third.behave(DashboardIntegrationTests::report);
			awaitPeerAndSafety(stream, true);
			third.stop();
			awaitPeerAndSafety(stream, false);
		}
		finally {
			third.heal();
			third.behave(DashboardIntegrationTests::report);
			management.delete("/instances/web-app-1");
			first.awaitInRotation(2);
		}
	}

	private static void report(TestInstance instance, TestMessage request, InputStream in, OutputStream out,
			Socket socket) throws IOException {
		String report = """
				{"node": "gateway-3", "atMillis": %d, "instances": [], "refused": 0, "latency": {}}"""
			.formatted(System.nanoTime() / 1_000_000);
		TestInstance.respond(out, "HTTP/1.1 200 OK", List.of("Content-Length: " + report.length()), report);
	}

	/** One refusal must not be followed by long silence: 30 rounds once. */
	private static void awaitPeerAndSafety(DashboardStream stream, boolean expected) {
		await().atMost(Duration.ofSeconds(8)).until(() -> {
			JsonNode snapshot = stream.next("snapshot");
			return snapshot.path("gateways").path(2).path("up").asBoolean() == expected
					&& snapshot.path("instances").path(0).path("safeToStop").asBoolean() == expected;
		});
	}

	@Test
	void deathOfAnInstanceIsToldWithinTwoSeconds() throws Exception {
		try (DashboardStream stream = new Browser(first).stream()) {
			stream.next("snapshot");
			long begin = System.nanoTime();
			two.stop();
			await().atMost(Duration.ofSeconds(10))
				.until(() -> stream.next("snapshot")
					.path("instances")
					.path(1)
					.path("health")
					.path("state")
					.asString()
					.equals("DOWN"));
			assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(2));
		}
		finally {
			two.heal();
			first.awaitInRotation(2);
			second.awaitInRotation(2);
		}
	}

	@Test
	void pickKnowsWhatTheInstanceSaysOfItsDatabase() throws Exception {
		String timing = "db;desc=\"mysql-2 replica\";dur=1.5;reason=read-only";
		TestInstance.Behaviour behaviour = (instance, request, in, out, socket) -> TestInstance.respond(out,
				"HTTP/1.1 200 OK", List.of("Server-Timing: " + timing, "Content-Length: 0"), "");
		one.behave(behaviour);
		two.behave(behaviour);
		try {
			TestClient.get(first.port(), "/with-timing");
			await().atMost(Duration.ofSeconds(5))
				.until(() -> JsonMapper.shared()
					.readTree(new ManagementClient(first.managementPort()).get("/picks?limit=5").body())
					.path("picks")
					.valueStream()
					.anyMatch((pick) -> pick.path("serverTiming").asString("").equals(timing)));
		}
		finally {
			one.heal();
			two.heal();
		}
	}

	/** A person's browser: cookies, and one gateway. */
	private static final class Browser {

		private final HttpClient http = HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

		private final String origin;

		Browser(TestGateway gateway) {
			origin = "http://127.0.0.1:" + gateway.managementPort();
		}

		HttpRequest.Builder request(String path) {
			return HttpRequest.newBuilder(URI.create(origin + path)).timeout(Duration.ofSeconds(10));
		}

		HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
			return http.send(request.build(), BodyHandlers.ofString());
		}

		HttpResponse<String> get(String path) throws IOException, InterruptedException {
			return send(request(path).GET());
		}

		HttpResponse<String> post(String path, String form) throws IOException, InterruptedException {
			return send(request(path).header("Origin", origin)
				.header("Content-Type", "application/x-www-form-urlencoded")
				.POST(BodyPublishers.ofString(form)));
		}

		int login(String password) throws IOException, InterruptedException {
			return post("/login", "username=admin&password=" + URLEncoder.encode(password, StandardCharsets.UTF_8))
				.statusCode();
		}

		void logout(String token) throws IOException, InterruptedException {
			send(request("/logout").header("X-CSRF-TOKEN", token).POST(BodyPublishers.noBody()));
		}

		JsonNode session() throws IOException, InterruptedException {
			return JsonMapper.shared().readTree(get("/dashboard/session").body());
		}

		int change(String json, String token) throws IOException, InterruptedException {
			HttpRequest.Builder request = request("/actuator/balancer/instances/web-app-1").header("Origin", origin)
				.header("X-Requested-With", "XMLHttpRequest")
				.header("Content-Type", "application/json")
				.POST(BodyPublishers.ofString(json));
			return send(token.isEmpty() ? request : request.header("X-CSRF-TOKEN", token)).statusCode();
		}

		DashboardStream stream() throws IOException, InterruptedException {
			return DashboardStream.open(origin);
		}

	}

}
