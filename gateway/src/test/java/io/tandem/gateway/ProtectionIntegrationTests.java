package io.tandem.gateway;

import java.util.List;

import io.tandem.gateway.support.TestClient;
import io.tandem.gateway.support.TestGateway;
import io.tandem.gateway.support.TestInstance;
import io.tandem.gateway.support.TestMessage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a client can make an instance believe, and what it cannot reach.
 */
class ProtectionIntegrationTests {

	private static final TestInstance instance = TestInstance.start("web-app-1");

	private static final TestGateway gateway = TestGateway.over(instance);

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
	void instanceLearnsTheClientFromItsSocketAndHost() throws Exception {
		TestMessage received = receivedAfter("GET /a?b=%20c HTTP/1.1", "Host: tandem.test:8080");
		assertThat(received.start()).isEqualTo("GET /a?b=%20c HTTP/1.1");
		assertThat(received.headers("X-Forwarded-For")).containsExactly("127.0.0.1");
		assertThat(received.headers("X-Forwarded-Proto")).containsExactly("http");
		assertThat(received.headers("X-Forwarded-Host")).containsExactly("tandem.test:8080");
		assertThat(received.headers("X-Forwarded-Port")).containsExactly("8080");
		assertThat(received.headers("Forwarded")).containsExactly("for=127.0.0.1;host=\"tandem.test:8080\";proto=http");
		assertThat(received.headers("Host")).containsExactly("tandem.test:8080");
	}

	@Test
	void portIsTheSchemesDefaultWhenTheHostNamesNone() throws Exception {
		assertThat(receivedAfter("GET / HTTP/1.1", "Host: tandem.test").headers("X-Forwarded-Port"))
			.containsExactly("80");
		assertThat(receivedAfter("GET / HTTP/1.1", "Host: [::1]").headers("X-Forwarded-Port")).containsExactly("80");
	}

	@Test
	void instanceLearnsTheHostOfEachRequestOfAConnection() throws Exception {
		try (TestClient client = new TestClient(gateway.port())) {
			for (String host : List.of("a.test:81", "b.test", "b.test", "a.test:81")) {
				assertThat(client.exchange("GET / HTTP/1.1", "Host: " + host).status()).isEqualTo(200);
				TestMessage received = instance.served().getLast();
				assertThat(received.headers("X-Forwarded-Host")).containsExactly(host);
				assertThat(received.headers("X-Forwarded-Port")).containsExactly(host.endsWith(":81") ? "81" : "80");
				assertThat(received.headers("Forwarded"))
					.containsExactly("for=127.0.0.1;host=\"" + host + "\";proto=http");
			}
		}
	}

	@Test
	void clientCannotClaimToBeSomeoneElse() throws Exception {
		TestMessage received = receivedAfter("GET / HTTP/1.1", "Host: tandem.test", "X-Forwarded-For: 6.6.6.6",
				"X-Forwarded-For: 6.6.6.6", "x-forwarded-proto: https", "X-Forwarded-Host: evil.test",
				"X-Forwarded-Port: 443", "X-Forwarded-Prefix: /evil", "X-Forwarded-Anything: evil",
				"X_Forwarded_For: 6.6.6.6", "Forwarded: for=6.6.6.6", "X-Real-IP: 6.6.6.6", "X-Client-IP: 6.6.6.6",
				"True-Client-IP: 6.6.6.6", "X-Original-URL: /evil", "Proxy: http://evil.test");
		assertThat(received.headers("X-Forwarded-For")).containsExactly("127.0.0.1");
		assertThat(String.join("\n", received.headers())).doesNotContain("6.6.6.6", "evil", "https");
	}

	@ParameterizedTest
	@ValueSource(strings = { "X-Forwarded-For", "X-Forwarded-Host, X-Forwarded-Proto", "Forwarded, X-Forwarded-For",
			"Host, X-Forwarded-For" })
	void clientCannotHaveForwardedHeadersRemoved(String connection) throws Exception {
		TestMessage received = receivedAfter("GET / HTTP/1.1", "Host: tandem.test", "X-Forwarded-For: 6.6.6.6",
				"Connection: " + connection);
		assertThat(received.headers("X-Forwarded-For")).containsExactly("127.0.0.1");
		assertThat(received.headers("X-Forwarded-Proto")).containsExactly("http");
		assertThat(received.headers("X-Forwarded-Host")).containsExactly("tandem.test");
		assertThat(received.headers("Host")).containsExactly("tandem.test");
		assertThat(received.headers("Forwarded")).hasSize(1);
	}

	@Test
	void instanceReceivesTheAddressesAndTheTraceAndNoOtherHeaderThatTheClientDidNotSend() throws Exception {
		List<String> names = receivedAfter("GET / HTTP/1.1", "Host: tandem.test").headers()
			.stream()
			.map((line) -> line.substring(0, line.indexOf(':')))
			.toList();
		assertThat(names).containsExactlyInAnyOrder("X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host",
				"X-Forwarded-Port", "Forwarded", "Host", "traceparent");
	}

	@Test
	void ordinaryHeadersArriveAsSent() throws Exception {
		TestMessage received = receivedAfter("GET / HTTP/1.1", "Host: tandem.test", "User-Agent: browser",
				"Accept: text/html", "Cookie: a=b", "Authorization: Bearer key", "Idempotency-Key: 1", "X-Two: 1",
				"X-Two: 2");
		assertThat(received.headers()).contains("User-Agent: browser", "Accept: text/html", "Cookie: a=b",
				"Authorization: Bearer key", "Idempotency-Key: 1", "X-Two: 1", "X-Two: 2");
	}

	@ParameterizedTest
	@ValueSource(strings = { "TRACE", "CONNECT", "FOO" })
	void otherMethodsAreRefused(String method) throws Exception {
		assertRefused(405, "method-not-allowed", method + " / HTTP/1.1", "Host: tandem.test");
	}

	@ParameterizedTest
	@ValueSource(strings = { "Host: a.test\r\nHost: b.test", "Host: a.test\r\nHost: a.test", "X-No: host", "Host:",
			"Host: a.test, b.test", "Host: a.test/path", "Host: user@a.test", "Host: a test" })
	void requestsWithoutOnePlainHostAreRefused(String headers) throws Exception {
		assertRefused(400, "bad-host", "GET / HTTP/1.1", headers);
	}

	@Test
	void portThatIsNoNumberIsRefused() throws Exception {
		try (TestClient client = new TestClient(gateway.port())) {
			assertThat(client.exchange("GET / HTTP/1.1", "Host: a.test:port").status()).isEqualTo(400);
		}
		assertThat(instance.served()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "HEAD", "GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS" })
	void usualMethodsArrive(String method) throws Exception {
		assertThat(receivedAfter(method + " /x HTTP/1.1", "Host: tandem.test", "Content-Length: 0").method())
			.isEqualTo(method);
	}

	@Test
	void expectedContinueIsAnsweredByTheGateway() throws Exception {
		try (TestClient client = new TestClient(gateway.port())) {
			client.write("POST / HTTP/1.1\r\nHost: tandem.test\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n");
			assertThat(client.readInterim().status()).isEqualTo(100);
			client.write("body");
			assertThat(client.read(true).status()).isEqualTo(200);
		}
		assertThat(instance.served().getLast().body()).isEqualTo("body");
		assertThat(instance.served().getLast().headers("Expect")).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/actuator", "/actuator/health", "/actuator/gateway/routes", "/actuator/prometheus" })
	void publicPortDoesNotReachTheGatewaysActuator(String path) throws Exception {
		assertThat(receivedAfter("GET " + path + " HTTP/1.1", "Host: tandem.test").target()).isEqualTo(path);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/any", "/actuator/gateway", "/actuator/gateway/routes", "/actuator/env",
			"/actuator/beans", "/actuator/heapdump", "/actuator/shutdown", "/actuator/refresh" })
	void managementPortOffersNothingElseAndIsNoProxy(String path) throws Exception {
		TestMessage response = TestClient.get(gateway.managementPort(), path);
		assertThat(response.status()).isEqualTo(404);
		assertThat(response.header("Content-Type")).isEqualTo("application/problem+json");
		assertThat(instance.served()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/actuator/health", "/actuator/health/readiness", "/actuator/health/liveness",
			"/actuator/info", "/actuator/prometheus" })
	void managementPortOffersOperations(String path) throws Exception {
		assertThat(TestClient.get(gateway.managementPort(), path).status()).isEqualTo(200);
	}

	@Test
	void headerThatIsTooLargeIsRefused() throws Exception {
		try (TestClient client = new TestClient(gateway.port())) {
			assertThat(client.exchange("GET / HTTP/1.1", "Host: tandem.test", "X: " + "x".repeat(20_000)).status())
				.isEqualTo(431);
		}
		assertThat(instance.served()).isEmpty();
	}

	private static TestMessage receivedAfter(String... lines) throws Exception {
		try (TestClient client = new TestClient(gateway.port())) {
			assertThat(client.exchange(lines).status()).isEqualTo(200);
		}
		return instance.served().getLast();
	}

	private static void assertRefused(int status, String reason, String... lines) throws Exception {
		try (TestClient client = new TestClient(gateway.port())) {
			TestMessage response = client.exchange(lines);
			assertThat(response.status()).isEqualTo(status);
			assertThat(response.header("Content-Type")).isEqualTo("application/problem+json");
			assertThat(response.header("X-Gateway-Error")).isEqualTo(reason);
			assertThat(response.headers("Allow")).hasSize((status == 405) ? 1 : 0);
			assertThat(response.body()).contains("\"detail\"");
			assertThat(response.header("Connection")).isEqualTo("close");
		}
		assertThat(instance.served()).isEmpty();
	}

}
