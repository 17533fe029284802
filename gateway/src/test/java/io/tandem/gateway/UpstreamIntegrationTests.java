package io.tandem.gateway;

import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.tandem.gateway.support.TestClient;
import io.tandem.gateway.support.TestGateway;
import io.tandem.gateway.support.TestInstance;
import io.tandem.gateway.support.TestInstance.Behaviour;
import io.tandem.gateway.support.TestMessage;
import io.tandem.gateway.support.Traffic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Connections to an instance: how many there are, and how fast they are read. With
 * WebFlux in between and without.
 */
@ParameterizedClass(name = "direct = {0}")
@ValueSource(booleans = { true, false })
@org.junit.jupiter.api.TestInstance(Lifecycle.PER_CLASS)
class UpstreamIntegrationTests {

	private final TestInstance instance = TestInstance.start("web-app-1");

	@Parameter
	private boolean direct;

	private TestGateway gateway;

	/** One connection for each event loop. */
	@BeforeAll
	void start() {
		gateway = TestGateway.over(List.of(instance), "tandem.gateway.direct=" + direct,
				"tandem.gateway.upstream.max-connections=1", "tandem.gateway.upstream.acquire-timeout=1s");
	}

	@BeforeEach
	void heal() {
		instance.heal();
		gateway.awaitInRotation(1);
	}

	@AfterAll
	void stop() {
		gateway.close();
		instance.close();
	}

	@Test
	void requestsWaitForAConnection() {
		instance.behave(answerAfter(20));
		Traffic traffic = Traffic.send(gateway.port(), 64, 8, (client) -> client.get("/"));
		assertThat(traffic.failures()).isEmpty();
	}

	@Test
	void requestThatWaitsTooLongForAConnectionIsAnExplained503() {
		instance.behave(answerAfter(2500));
		Traffic traffic = Traffic.send(gateway.port(), 64, 64, (client) -> {
			TestMessage response = client.get("/");
			if (response.status() == 503) {
				assertThat(response.header("X-Gateway-Error")).isEqualTo("no-instance");
				assertThat(response.header("Retry-After")).isNotNull();
			}
			return response;
		});
		assertThat(traffic.failures()).isNotEmpty().allSatisfy((failure) -> assertThat(failure).contains("503"));
		assertThat(gateway.inRotation()).isEqualTo(1);
	}

	@Test
	void requestWhoseClientLeavesWhileItWaitsIsNotSent() throws Exception {
		instance.behave(answerAfter(600));
		Traffic.send(gateway.port(), 8, 8, (client) -> {
			client.write("GET / HTTP/1.1\r\nHost: tandem.test\r\n\r\n");
			return new TestMessage("HTTP/1.1 200 OK", List.of("X-Served-By: nobody"), "");
		});
		instance.behave(TestInstance.ANSWER);
		assertThat(TestClient.get(gateway.port(), "/").status()).isEqualTo(200);
	}

	@Test
	void instanceIsReadNoFasterThanTheClientReads() throws Exception {
		int total = 64 * 1024 * 1024;
		AtomicLong sent = new AtomicLong();
		instance.behave((instance, request, in, out, socket) -> {
			TestInstance.respond(out, "HTTP/1.1 200 OK", List.of("Content-Length: " + total), "");
			byte[] part = "x".repeat(64 * 1024).getBytes(StandardCharsets.US_ASCII);
			while (sent.get() < total) {
				out.write(part);
				sent.addAndGet(part.length);
			}
		});
		try (TestClient client = new TestClient(gateway.port())) {
			client.write("GET / HTTP/1.1\r\nHost: tandem.test\r\n\r\n");
			client.readInterim();
			AtomicLong before = new AtomicLong(-1);
			await().until(() -> before.getAndSet(sent.get()) == sent.get());
			assertThat(sent.get()).as("what the sockets hold").isLessThan(total / 2);
			assertThat(client.read(total)).hasSize(total);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "surplus", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 6\r\nX-A: ",
			"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nstray" })
	void whatFollowsAnAnswerIsNoPartOfTheNext(String surplus) throws Exception {
		Set<Socket> connections = ConcurrentHashMap.newKeySet();
		instance.behave((instance, request, in, out, socket) -> {
			connections.add(socket);
			if (request.target().equals("/first")) {
				TestInstance.respond(out, "HTTP/1.1 200 OK", List.of("Content-Length: 2"), "ok" + surplus);
			}
			else {
				TestInstance.ANSWER.handle(instance, request, in, out, socket);
			}
		});
		try (TestClient client = new TestClient(gateway.port())) {
			assertThat(client.get("/first").body()).isEqualTo("ok");
			TestMessage second = client.get("/second");
			assertThat(second.status()).isEqualTo(200);
			assertThat(second.headers("X-A")).isEmpty();
			assertThat(second.body()).startsWith("GET /second");
		}
		assertThat(connections).hasSize(2);
	}

	@Test
	void connectionOverWhichABodyFollowsTheAnswerToHeadIsClosed() throws Exception {
		CountDownLatch closed = new CountDownLatch(1);
		instance.behave((instance, request, in, out, socket) -> {
			TestInstance.respond(out, "HTTP/1.1 200 OK", List.of("Content-Length: 4"), "");
			Thread.sleep(100);
			out.write("body".getBytes(StandardCharsets.US_ASCII));
			if (in.read() == -1) {
				closed.countDown();
			}
		});
		try (TestClient client = new TestClient(gateway.port())) {
			assertThat(client.exchange("HEAD / HTTP/1.1", "Host: tandem.test").status()).isEqualTo(200);
		}
		assertThat(closed.await(5, TimeUnit.SECONDS)).isTrue();
	}

	/** Of 2,048 bytes: as many as are read at first, so that more comes separately. */
	@ParameterizedTest
	@ValueSource(ints = { 200, 2048 })
	void strayAnswerDoesNotReachTheRequestThatWaitsForTheConnection(int size) {
		String head = "HTTP/1.1 200 OK\r\nX-Served-By: web-app-1\r\nContent-Length: %4d\r\n\r\n";
		String body = "x".repeat(size - head.formatted(size).length());
		String answer = head.formatted(body.length()) + body;
		instance.behave((instance, request, in, out, socket) -> {
			Thread.sleep(20);
			out.write(
					(answer + "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nstray").getBytes(StandardCharsets.US_ASCII));
		});
		Traffic traffic = Traffic.send(gateway.port(), 64, 8, (client) -> {
			TestMessage response = client.get("/");
			return response.body().equals(body) ? response
					: new TestMessage("HTTP/1.1 500 Another's answer", response.headers(), response.body());
		});
		assertThat(traffic.failures()).isEmpty();
	}

	private static Behaviour answerAfter(long millis) {
		return (instance, request, in, out, socket) -> {
			Thread.sleep(millis);
			TestInstance.ANSWER.handle(instance, request, in, out, socket);
		};
	}

}
