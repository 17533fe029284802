package io.tandem.gateway;

import java.nio.charset.StandardCharsets;
import java.util.List;
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

	private static Behaviour answerAfter(long millis) {
		return (instance, request, in, out, socket) -> {
			Thread.sleep(millis);
			TestInstance.ANSWER.handle(instance, request, in, out, socket);
		};
	}

}
