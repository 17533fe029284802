package io.tandem.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.tandem.gateway.support.TestClient;
import io.tandem.gateway.support.TestGateway;
import io.tandem.gateway.support.TestInstance;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.netty.http.Http2SslContextSpec;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;
import reactor.netty.tcp.SslProvider.GenericSslContextSpec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A line for each request, whichever way it takes and whoever ends it.
 */
@ParameterizedClass
@ValueSource(booleans = { true, false })
class AccessLogIntegrationTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private final TestInstance instance = TestInstance.start("web-app-1");

	private final int securePort = TestInstance.freePort();

	private final Path file;

	private final TestGateway gateway;

	AccessLogIntegrationTests(boolean direct, @TempDir Path directory) {
		this.file = directory.resolve("access.log");
		this.gateway = TestGateway.over(List.of(instance), "tandem.gateway.direct=" + direct,
				"tandem.gateway.access-log.enabled=true", "tandem.gateway.access-log.file=" + file,
				"tandem.gateway.https.port=" + securePort, "tandem.gateway.limits.header-timeout=1s",
				"tandem.gateway.limits.body=1MB", "tandem.gateway.trusted-proxies=127.0.0.1");
	}

	@AfterEach
	void stop() {
		gateway.close();
		instance.close();
	}

	@Test
	void traceOfARequestGoesToTheInstanceAndIntoItsLine() throws IOException {
		String sent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
		String begun;
		try (TestClient client = new TestClient(gateway.port())) {
			begun = client.get("/1").body();
			assertThat(client.exchange("GET /2 HTTP/1.1", "Host: two.test", "traceparent: " + sent).body())
				.contains(sent);
		}
		assertThat(begun).containsIgnoringCase("traceparent: 00-");
		assertLines(2);
		assertThat(begun).contains(lines().get(0).replaceAll(".*\"trace\":\"([0-9a-f]{32})\".*", "$1"));
		assertThat(lines().get(1)).contains("\"trace\":\"0af7651916cd43dd8448eb211c80319c\"");
	}

	@Test
	void answersAreLoggedInTheOrderOfTheirRequests() throws IOException {
		try (TestClient client = new TestClient(gateway.port())) {
			client.write("""
					GET /1?a=b HTTP/1.1\r
					Host: one.test\r
					User-Agent: test\r
					\r
					GET /2 HTTP/1.1\r
					Host: two.test\r
					X-Forwarded-For: 192.0.2.7\r
					\r
					""");
			String first = client.read(true).body();
			client.read(true);
			assertThat(client.postChunked("/3", 10).status()).isEqualTo(200);
			assertLines(3);
			assertThat(lines().get(0)).startsWith("{\"time\":\"20")
				.contains("\"node\":\"gateway\",\"client\":\"127.0.0.1\",\"method\":\"GET\",\"target\":\"/1?a=b\"",
						"\"host\":\"one.test\",\"status\":200,\"bytes\":" + first.length() + ",\"millis\":",
						"\"instance\":\"web-app-1\"", "\"userAgent\":\"test\"")
				.doesNotContain("aborted", "reason");
		}
		assertThat(lines().get(1)).contains("\"client\":\"192.0.2.7\"", "\"target\":\"/2\"", "\"host\":\"two.test\"");
		assertThat(lines().get(2)).contains("\"method\":\"POST\"", "\"target\":\"/3\"");
	}

	@Test
	void requestsThatAreRefusedOnTheConnectionAreLogged() throws IOException {
		String end = " HTTP/1.1\r\nHost: tandem.test\r\n";
		refused("GET /a/../b" + end + "\r\n", 400, "\"method\":\"GET\",\"target\":\"/a/../b\"",
				"\"host\":\"tandem.test\",\"status\":400", "\"reason\":\"bad-path\"");
		refused("TRACE /" + end + "\r\n", 405, "\"method\":\"TRACE\"", "\"reason\":\"method-not-allowed\"");
		refused("GET /" + "x".repeat(10_000) + end + "\r\n", 414, "\"status\":414", "\"reason\":\"target-too-long\"");
		refused("GET /slow" + end, 408, "\"status\":408", "\"reason\":\"too-slow\"");
		refused("POST /large" + end + "Content-Length: 2000000\r\n\r\n", 413, "\"target\":\"/large\"",
				"\"reason\":\"body-too-large\"");
		assertThat(lines()).noneMatch((line) -> line.contains("instance") || line.contains("aborted"));
	}

	private void refused(String request, int status, String... parts) throws IOException {
		int before = lines().size();
		try (TestClient client = new TestClient(gateway.port())) {
			client.write(request);
			assertThat(client.read(true).status()).isEqualTo(status);
		}
		assertLines(before + 1);
		assertThat(lines().getLast()).contains(parts).contains("\"client\":\"127.0.0.1\"");
	}

	@Test
	void requestWhoseClientLeavesIsLoggedAsAborted() throws IOException {
		instance.behave(TestInstance.SILENT);
		try (TestClient client = new TestClient(gateway.port())) {
			client.write(
					"GET /slow HTTP/1.1\r\nHost: tandem.test\r\n\r\nGET /next HTTP/1.1\r\nHost: tandem.test\r\n\r\n");
			await().until(() -> instance.count() == 1);
		}
		assertLines(2);
		assertThat(lines().get(0)).contains("\"target\":\"/slow\"", "\"status\":0", "\"aborted\":true",
				"\"instance\":\"web-app-1\"");
		assertThat(lines().get(1)).contains("\"target\":\"/next\"", "\"aborted\":true").doesNotContain("instance");
	}

	@Test
	void answerThatBreaksOffIsLoggedAsAborted() throws IOException {
		instance.behave(TestInstance.RESET_IN_BODY);
		try (TestClient client = new TestClient(gateway.port())) {
			client.write("GET /half HTTP/1.1\r\nHost: tandem.test\r\n\r\n");
			client.readInterim();
			client.read(1000);
		}
		assertLines(1);
		assertThat(lines().getFirst()).contains("\"target\":\"/half\"", "\"status\":200,\"bytes\":4,",
				"\"aborted\":true");
	}

	@Test
	void webSocketIsLoggedAtItsEnd() throws IOException {
		instance.behave((self, request, in, out, socket) -> {
			TestInstance.respond(out, "HTTP/1.1 101 Switching Protocols",
					List.of("Upgrade: websocket", "Connection: Upgrade"), "");
			in.read();
		});
		try (TestClient client = new TestClient(gateway.port())) {
			client.write("""
					GET /socket HTTP/1.1\r
					Host: tandem.test\r
					Connection: Upgrade\r
					Upgrade: websocket\r
					Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
					\r
					""");
			assertThat(client.readInterim().status()).isEqualTo(101);
			assertThat(lines()).isEmpty();
		}
		assertLines(1);
		assertThat(lines().getFirst()).contains("\"target\":\"/socket\"", "\"status\":101").doesNotContain("aborted");
	}

	@Test
	void streamsOfHttp2AreLogged() throws IOException {
		assertThat(status("/page?q=1")).isEqualTo(200);
		assertLines(1);
		assertThat(lines().getFirst())
			.contains("\"method\":\"GET\",\"target\":\"/page?q=1\",\"host\":\"127.0.0.1:" + securePort,
					"\"status\":200", "\"instance\":\"web-app-1\"")
			.doesNotContain("\"bytes\":0", "aborted");
		assertThat(status("/a%2fb")).isEqualTo(400);
		assertLines(2);
		assertThat(lines().getLast()).contains("\"target\":\"/a%2fb\"", "\"status\":400", "\"reason\":\"bad-path\"");
	}

	@Test
	void streamThatTheClientGivesUpIsLoggedAsAborted() throws IOException {
		instance.behave(TestInstance.SILENT);
		var given = http2().get().uri("/slow").response().subscribe();
		await().until(() -> instance.count() == 1);
		given.dispose();
		assertLines(1);
		assertThat(lines().getFirst()).contains("\"target\":\"/slow\"", "\"status\":0", "\"aborted\":true");
	}

	private int status(String target) {
		Integer status = http2().get()
			.uri(target)
			.responseSingle((response, body) -> body.then().thenReturn(response.status().code()))
			.block(PATIENCE);
		return (status != null) ? status : 0;
	}

	private HttpClient http2() {
		GenericSslContextSpec<SslContextBuilder> trusting = Http2SslContextSpec.forClient()
			.configure((builder) -> builder.trustManager(InsecureTrustManagerFactory.INSTANCE));
		return HttpClient.create()
			.host("127.0.0.1")
			.port(securePort)
			.protocol(HttpProtocol.H2)
			.secure((ssl) -> ssl.sslContext(trusting));
	}

	private void assertLines(int expected) {
		await().untilAsserted(() -> assertThat(lines()).hasSize(expected));
	}

	private List<String> lines() throws IOException {
		return Files.exists(file) ? Files.readAllLines(file) : List.of();
	}

}
