package io.tandem.gateway;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import io.tandem.gateway.support.TestClient;
import io.tandem.gateway.support.TestGateway;
import io.tandem.gateway.support.TestInstance;
import io.tandem.gateway.support.TestMessage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

/**
 * What one client may take, and whom the gateway believes. Clients connect from
 * 127.0.0.1, 127.0.0.2 and so on; 127.0.1.1 is a proxy.
 */
class LimitsIntegrationTests {

	private static final String PROXY = "127.0.1.1";

	private static final TestInstance instance = TestInstance.start("web-app-1");

	private static final TestGateway gateway = TestGateway.over(List.of(instance),
			"tandem.gateway.limits.exempt=127.0.0.1", "tandem.gateway.limits.connections=40",
			"tandem.gateway.limits.connections-per-client=5", "tandem.gateway.limits.requests-per-second=1",
			"tandem.gateway.limits.burst=10", "tandem.gateway.trusted-proxies=127.0.1.0/24",
			"tandem.gateway.firewall.deny=192.0.2.66");

	@BeforeEach
	void isInRotation() {
		instance.heal();
		gateway.awaitInRotation(1);
	}

	@AfterAll
	static void stop() {
		gateway.close();
		instance.close();
	}

	@Test
	void requestsBeyondTheRateAreRefusedWithAHintWhenToComeBack() throws Exception {
		try (TestClient client = new TestClient("127.0.0.20", gateway.port())) {
			TestMessage response = client.get("/");
			for (int i = 0; i < 14 && response.status() == 200; i++) {
				response = client.get("/");
			}
			assertThat(response.status()).isEqualTo(429);
			assertThat(response.header("Retry-After")).isEqualTo("1");
			assertThat(response.header("X-Gateway-Error")).isEqualTo("too-many-requests");
			assertThat(response.header("Content-Type")).isEqualTo("application/problem+json");
		}
		assertThat(instance.count()).isBetween(10, 13);
		assertThat(status("127.0.0.21")).isEqualTo(200);
		await().untilAsserted(() -> assertThat(status("127.0.0.20")).isEqualTo(200));
	}

	@Test
	void clientsWithoutLimitsAreNotCounted() throws Exception {
		for (int i = 0; i < 30; i++) {
			assertThat(status("127.0.0.1")).isEqualTo(200);
		}
	}

	@Test
	void connectionsOfOneClientAreBoundedAndOthersAreNotAffected() throws Exception {
		List<TestClient> clients = new ArrayList<>();
		try {
			for (int i = 0; i < 5; i++) {
				TestClient client = new TestClient("127.0.0.22", gateway.port());
				clients.add(client);
				assertThat(client.get("/").status()).isEqualTo(200);
			}
			assertThatIOException().isThrownBy(() -> status("127.0.0.22"));
			assertThat(status("127.0.0.23")).isEqualTo(200);
			clients.removeFirst().close();
			await().ignoreExceptionsInstanceOf(IOException.class).until(() -> status("127.0.0.22") == 200);
		}
		finally {
			close(clients);
		}
	}

	@Test
	void connectionsAreBoundedInTotal() throws Exception {
		List<TestClient> clients = new ArrayList<>();
		try {
			for (int i = 0; i < 40; i++) {
				clients.add(new TestClient("127.0.0.1", gateway.port()));
			}
			assertThat(clients.getLast().get("/").status()).isEqualTo(200);
			assertThatIOException().isThrownBy(() -> status("127.0.0.1"));
		}
		finally {
			close(clients);
		}
		await().ignoreExceptionsInstanceOf(IOException.class).until(() -> status("127.0.0.1") == 200);
	}

	@Test
	void trustedProxySaysWhoTheClientIs() throws Exception {
		TestMessage received = receivedFrom(PROXY, "X-Forwarded-For: 6.6.6.6, 192.0.2.1, 127.0.1.7",
				"X-Forwarded-Proto: https", "X-Real-IP: 6.6.6.6");
		assertThat(received.headers("X-Forwarded-For")).containsExactly("192.0.2.1");
		assertThat(received.headers("X-Forwarded-Proto")).containsExactly("https");
		assertThat(received.headers("Forwarded")).containsExactly("for=192.0.2.1;host=\"tandem.test\";proto=https");
		assertThat(received.headers("X-Real-IP")).isEmpty();
	}

	@Test
	void trustedProxySaysItForEachRequestOfAConnection() throws Exception {
		try (TestClient client = new TestClient(PROXY, gateway.port())) {
			for (String from : List.of("192.0.2.1", "192.0.2.2", "2001:db8:0:0:0:0:0:1", "192.0.2.1")) {
				client.exchange("GET / HTTP/1.1", "Host: tandem.test", "X-Forwarded-For: " + from);
				assertThat(instance.served().getLast().headers("X-Forwarded-For")).containsExactly(from);
			}
		}
	}

	@Test
	void nobodyElseCanSayIt() throws Exception {
		TestMessage received = receivedFrom("127.0.0.1", "X-Forwarded-For: 192.0.2.1", "X-Forwarded-Proto: https");
		assertThat(received.headers("X-Forwarded-For")).containsExactly("127.0.0.1");
		assertThat(received.headers("X-Forwarded-Proto")).containsExactly("http");
	}

	@Test
	void limitsAndFirewallApplyToTheClientBehindTheProxy() throws Exception {
		for (int i = 0; i < 10; i++) {
			assertThat(statusBehindProxy("192.0.2.5")).isEqualTo(200);
		}
		assertThat(statusBehindProxy("192.0.2.5")).isEqualTo(429);
		assertThat(statusBehindProxy("192.0.2.6")).isEqualTo(200);
		assertThat(statusBehindProxy("192.0.2.66")).isEqualTo(403);
	}

	@Test
	void portsOfClientsAreNoWayAroundThat() throws Exception {
		for (int i = 0; i < 10; i++) {
			assertThat(statusBehindProxy("192.0.2.8:5123" + i)).isEqualTo(200);
		}
		assertThat(statusBehindProxy("192.0.2.8:51299")).isEqualTo(429);
		assertThat(statusBehindProxy("192.0.2.66:51234")).isEqualTo(403);
	}

	@Test
	void clientsWhomTheProxyHidesShareTheLimitsOfOne() throws Exception {
		for (int i = 0; i < 10; i++) {
			assertThat(statusBehindProxy("unknown")).isEqualTo(200);
		}
		assertThat(statusBehindProxy("unknown")).isEqualTo(429);
		assertThat(statusBehindProxy("192.0.2.9")).isEqualTo(200);
	}

	@Test
	void securityHeadersAreAddedToWhatTheApplicationSets() throws Exception {
		instance.behave((served, request, in, out, socket) -> TestInstance.respond(out, "HTTP/1.1 200 OK",
				List.of("Content-Length: 0", "x-frame-options: DENY"), ""));
		try (TestClient client = new TestClient(gateway.port())) {
			TestMessage response = client.get("/");
			assertThat(response.headers("X-Content-Type-Options")).containsExactly("nosniff");
			assertThat(response.headers("X-Frame-Options")).containsExactly("DENY");
			assertThat(response.headers("Referrer-Policy")).containsExactly("strict-origin-when-cross-origin");
			assertThat(response.headers("Strict-Transport-Security")).isEmpty();
			assertThat(client.get("/..").headers("X-Content-Type-Options")).containsExactly("nosniff");
		}
	}

	@Test
	void refusalsAreCounted() throws Exception {
		try (TestClient client = new TestClient(gateway.port())) {
			client.get("/..");
		}
		assertThat(TestClient.get(gateway.managementPort(), "/actuator/prometheus").body())
			.contains("tandem_gateway_refused_total{", "reason=\"bad-path\"");
	}

	private static int status(String address) throws IOException {
		try (TestClient client = new TestClient(address, gateway.port())) {
			return client.get("/").status();
		}
	}

	private static int statusBehindProxy(String address) throws IOException {
		try (TestClient client = new TestClient(PROXY, gateway.port())) {
			return client.exchange("GET / HTTP/1.1", "Host: tandem.test", "X-Forwarded-For: " + address).status();
		}
	}

	private static TestMessage receivedFrom(String address, String... headers) throws IOException {
		List<String> lines = new ArrayList<>(List.of("GET / HTTP/1.1", "Host: tandem.test"));
		lines.addAll(List.of(headers));
		try (TestClient client = new TestClient(address, gateway.port())) {
			assertThat(client.exchange(lines.toArray(String[]::new)).status()).isEqualTo(200);
		}
		return instance.served().getLast();
	}

	private static void close(List<TestClient> clients) throws IOException {
		for (TestClient client : clients) {
			client.close();
		}
	}

}
