package io.tandem.gateway;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.tandem.gateway.support.TestClient;
import io.tandem.gateway.support.TestGateway;
import io.tandem.gateway.support.TestInstance;
import io.tandem.gateway.support.TestMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.netty.http.server.HttpServerState;

import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Plain requests pass by Reactor Netty too, all others go through it, and the client sees
 * no difference.
 */
@ExtendWith(OutputCaptureExtension.class)
class ShortcutIntegrationTests {

	/** Switches the shortcut off, for nothing happens for so long. */
	private static final String THROUGH_REACTOR_NETTY = "server.netty.idle-timeout=1h";

	private final TestInstance instance = TestInstance.start("web-app-1");

	/** Opened when the instance is to answer what it was asked for as {@code /slow}. */
	private final CountDownLatch slow = new CountDownLatch(1);

	@AfterEach
	void stop() {
		slow.countDown();
		instance.close();
	}

	@Test
	void onlyPlainRequestsPassByReactorNetty() throws IOException {
		Counting.requests.set(0);
		try (TestGateway gateway = TestGateway.with(Counting.class, List.of(instance));
				TestClient client = new TestClient(gateway.port())) {
			assertSeen(0, client, "GET / HTTP/1.1");
			assertSeen(1, client, "HEAD / HTTP/1.1");
			assertSeen(1, client, "GET /?a=b HTTP/1.1", "Cookie: a=b");
			assertSeen(2, client, "POST / HTTP/1.1", "Content-Length: 0");
			assertSeen(3, client, "GET / HTTP/1.1", "Transfer-Encoding: chunked", "", "0");
			assertSeen(3, client, "GET / HTTP/1.1");
			assertSeen(4, client, "GET / HTTP/1.1", "Connection: close");
			assertThat(client.isClosedByGateway()).isTrue();
		}
	}

	private static void assertSeen(int expected, TestClient client, String line, String... more) throws IOException {
		List<String> lines = new ArrayList<>(List.of(line, "Host: tandem.test"));
		lines.addAll(List.of(more));
		assertThat(client.exchange(lines.toArray(String[]::new)).status()).isEqualTo(200);
		assertThat(Counting.requests).hasValue(expected);
	}

	@Test
	void whatIsOrderedOfReactorNettyClosesTheShortcut(CapturedOutput output) throws IOException {
		for (String order : List.of(THROUGH_REACTOR_NETTY, "server.netty.max-keep-alive-requests=100",
				"server.compression.enabled=true")) {
			Counting.requests.set(0);
			try (TestGateway gateway = TestGateway.with(Counting.class, List.of(instance), order)) {
				assertThat(TestClient.get(gateway.port(), "/").status()).isEqualTo(200);
				assertThat(Counting.requests).as(order).hasValue(1);
			}
		}
		try (TestGateway gateway = TestGateway.with(Customized.class, List.of(instance))) {
			assertThat(TestClient.get(gateway.port(), "/").status()).isEqualTo(200);
		}
		assertThat(output).contains("because there is an idle timeout",
				"because there is a limit of requests for each connection", "because there is compression",
				"because there is stranger");
	}

	@Test
	void answersOfAllKindsComeAsThroughReactorNetty() throws IOException {
		try (TestGateway shortcut = TestGateway.over(instance);
				TestGateway through = TestGateway.over(List.of(instance), THROUGH_REACTOR_NETTY);
				TestClient here = new TestClient(shortcut.port());
				TestClient there = new TestClient(through.port())) {
			for (String answer : List.of("200 OK|Content-Length: 5|X-A: 1|x-a: 2||hello", "200 OK|Content-Length: 0||",
					"200 OK|Transfer-Encoding: chunked||5\nhello\n0\n\n", "200 OK|Transfer-Encoding: chunked||0\n\n",
					"200 OK|Transfer-Encoding: chunked|Trailer: X-Sum||2\nhi\n0\nX-Sum: 7\n\n", "204 No Content||",
					"204 Nichts da|Connection: keep-alive|Keep-Alive: timeout=5||",
					"205 Reset Content|Content-Length: 0||", "304 Not Modified|ETag: \"a\"||",
					"304 Not Modified|Content-Length: 5||",
					"302 Found|Location: /b|Content-Length: 0|Set-Cookie: a=b|Set-Cookie: c=d||",
					"404 Not Found|Content-Length: 2|Upgrade: h2c|Connection: upgrade||no",
					"299 Own|Content-Length: 1||x", "500 Internal Server Error|Content-Length: 1||x",
					"200 OK|Content-Length: 100000||" + "x".repeat(100_000))) {
				byte[] bytes = ("HTTP/1.1 " + answer.replace("\n", "\r\n").replace("|", "\r\n"))
					.getBytes(StandardCharsets.US_ASCII);
				instance.behave((self, request, in, out, socket) -> out.write(bytes));
				TestMessage expected = get(there);
				TestMessage actual = get(here);
				assertThat(actual.start()).as(answer).isEqualTo(expected.start());
				assertThat(actual.headers()).as(answer).containsExactlyInAnyOrderElementsOf(expected.headers());
				assertThat(actual.body()).as(answer).isEqualTo(expected.body());
			}
		}
	}

	/** 204 and 304 end with their head. */
	private static TestMessage get(TestClient client) throws IOException {
		client.timeout(Duration.ofSeconds(5));
		client.write("GET / HTTP/1.1\r\nHost: tandem.test\r\n\r\n");
		TestMessage head = client.readInterim();
		return (head.status() == 204 || head.status() == 304) ? head
				: new TestMessage(head.start(), head.headers(), client.readBodyOf(head));
	}

	@ParameterizedTest
	@ValueSource(strings = { "tandem.gateway.direct=true", THROUGH_REACTOR_NETTY })
	void mixedRequestsOfOneWriteAreAnsweredInTheirOrder(String property) throws IOException {
		answerSlowly();
		try (TestGateway gateway = TestGateway.over(List.of(instance), property);
				TestClient client = new TestClient(gateway.port())) {
			List<String> requests = IntStream.range(0, 60)
				.mapToObj((number) -> ((number % 7 == 3) ? "POST" : "GET") + ((number == 0) ? " /slow" : " /" + number))
				.toList();
			StringBuilder all = new StringBuilder();
			requests.forEach((request) -> all.append(request)
				.append(" HTTP/1.1\r\nHost: tandem.test\r\nContent-Length: ")
				.append(request.startsWith("POST") ? "2\r\n\r\nhi" : "0\r\n\r\n"));
			client.write(all.toString());
			slow.countDown();
			for (String request : requests) {
				assertThat(client.read(true).body()).startsWith(request + " HTTP/1.1\n");
			}
			assertThat(client.get("/last").status()).isEqualTo(200);
		}
	}

	/** Reads what was sent behind it, and no more than fits into one buffer. */
	@Test
	void clientThatSendsOnWhileItWaitsIsNotReadFrom() throws Exception {
		answerSlowly();
		try (TestGateway gateway = TestGateway.over(instance); TestClient client = new TestClient(gateway.port())) {
			client.timeout(Duration.ofSeconds(20));
			String request = "GET /more HTTP/1.1\r\nHost: tandem.test\r\nX: " + "x".repeat(8_000) + "\r\n\r\n";
			int requests = 3_000;
			client.write("GET /slow HTTP/1.1\r\nHost: tandem.test\r\n\r\n");
			CompletableFuture<Void> sender = CompletableFuture.runAsync(() -> {
				for (int i = 0; i < requests; i++) {
					write(client, request);
				}
			});
			await().during(Duration.ofSeconds(1)).atMost(Duration.ofSeconds(2)).until(() -> !sender.isDone());
			slow.countDown();
			for (int i = 0; i <= requests; i++) {
				assertThat(client.read(true).status()).isEqualTo(200);
			}
			sender.get(10, TimeUnit.SECONDS);
		}
	}

	private static void write(TestClient client, String text) {
		try {
			client.write(text);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "tandem.gateway.direct=true", THROUGH_REACTOR_NETTY })
	void requestUnderWayIsAnsweredBeforeTheGatewayEnds(String property) throws Exception {
		answerSlowly();
		TestGateway gateway = TestGateway.over(List.of(instance), property, "server.shutdown=graceful",
				"tandem.gateway.shutdown.announce=0s", "tandem.gateway.shutdown.linger=0s");
		try (TestClient client = new TestClient(gateway.port())) {
			client.write("GET /slow HTTP/1.1\r\nHost: tandem.test\r\n\r\n");
			await().atMost(Duration.ofSeconds(5)).until(() -> instance.served().size() == 1);
			CompletableFuture<Void> end = CompletableFuture.runAsync(gateway::close);
			await().during(Duration.ofSeconds(1)).atMost(Duration.ofSeconds(2)).until(() -> !end.isDone());
			slow.countDown();
			assertThat(client.read(true).status()).isEqualTo(200);
			end.get(10, TimeUnit.SECONDS);
		}
		finally {
			gateway.close();
		}
	}

	private void answerSlowly() {
		instance.behave((self, request, in, out, socket) -> {
			if (request.target().equals("/slow")) {
				self.note(request);
				slow.await(20, TimeUnit.SECONDS);
			}
			else if (request.method().equals("POST")) {
				// Longer than a GET that is sent at the same time.
				Thread.sleep(30);
			}
			TestInstance.ANSWER.handle(self, request, in, out, socket);
		});
	}

	/** No configuration that a scan would find, and every gateway with it. */
	static class Counting {

		private static final AtomicInteger requests = new AtomicInteger();

		@Bean
		WebServerFactoryCustomizer<NettyReactiveWebServerFactory> counting() {
			return (factory) -> factory.addServerCustomizers((server) -> server.childObserve((connection, state) -> {
				if (state == HttpServerState.REQUEST_RECEIVED) {
					requests.incrementAndGet();
				}
			}));
		}

	}

	static class Customized {

		@Bean
		NettyServerCustomizer stranger() {
			return (server) -> server;
		}

	}

}
