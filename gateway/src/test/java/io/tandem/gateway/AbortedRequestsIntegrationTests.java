package io.tandem.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import io.micrometer.core.instrument.MeterRegistry;
import io.tandem.gateway.balance.Instance;
import io.tandem.gateway.balance.InstancePool;
import io.tandem.gateway.support.TestClient;
import io.tandem.gateway.support.TestGateway;
import io.tandem.gateway.support.TestInstance;
import io.tandem.gateway.support.TestMessage;
import io.tandem.gateway.support.Traffic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Clients that leave in the middle of everything. {@code -Dtandem.test.aborts=10000} is
 * the full length.
 */
@ExtendWith(OutputCaptureExtension.class)
class AbortedRequestsIntegrationTests {

	private static final int ABORTS = Integer.getInteger("tandem.test.aborts", 600);

	private static final int CLIENTS = 16;

	private static final String HOST = "Host: tandem.test\r\n";

	private static final String BLOCK = "x".repeat(64 * 1024);

	private final TestInstance first = TestInstance.start("web-app-1");

	private final TestInstance second = TestInstance.start("web-app-2");

	private final TestGateway gateway = TestGateway.over(first, second);

	@AfterEach
	void stop() {
		gateway.close();
		first.close();
		second.close();
	}

	@Test
	void countersReturnToZeroAndNoInstanceIsBlamed(CapturedOutput output) throws Exception {
		first.behave(AbortedRequestsIntegrationTests::answerSlowlyOrAtLength);
		second.behave(AbortedRequestsIntegrationTests::answerSlowlyOrAtLength);
		try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
			List<? extends Future<?>> all = IntStream.range(0, ABORTS)
				.mapToObj((number) -> clients.submit(() -> abort(number)))
				.toList();
			for (Future<?> each : all) {
				each.get();
			}
		}
		InstancePool pool = gateway.bean(InstancePool.class);
		for (Instance instance : pool.all()) {
			await().untilAsserted(() -> assertThat(pool.inFlight(instance)).isZero());
			assertThat(brokenAt(instance)).isZero();
			assertThat(pool.status(instance).picks()).isGreaterThan(ABORTS / 4);
		}
		first.heal();
		second.heal();
		gateway.awaitInRotation(2);
		Traffic after = Traffic.send(gateway.port(), 100, 4, (client) -> client.get("/"));
		assertThat(after.failures()).isEmpty();
		assertThat(after.servedBy()).containsOnlyKeys("web-app-1", "web-app-2").containsEntry("web-app-1", 50);
		assertThat(output).doesNotContain(" ERROR ");
	}

	/** Requests that were put down to the instance; aborts look the same on the wire. */
	private double brokenAt(Instance instance) {
		return gateway.bean(MeterRegistry.class)
			.get("tandem.gateway.requests")
			.tags("instance", instance.id(), "outcome", "broken")
			.counter()
			.count();
	}

	private Void abort(int number) throws IOException {
		try (TestClient client = new TestClient(gateway.port())) {
			switch (number % 6) {
				case 0 -> client.write("GET /slow HTTP/1.1\r\n" + HOST + "\r\n");
				case 1 -> client.write("GET /slow HTTP/1.1\r\n" + HOST);
				case 2 -> client.write("POST /slow HTTP/1.1\r\n" + HOST + "Content-Length: 100000\r\n\r\nsome");
				case 3 -> client.write(
						"POST /slow HTTP/1.1\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\n5\r\nwhole\r\n0\r\n\r\n");
				case 4 -> {
					client.write("GET /long HTTP/1.1\r\n" + HOST + "\r\n");
					client.readInterim();
				}
				default -> {
					client.write("GET /slow HTTP/1.1\r\n" + HOST + "\r\n");
					client.read(true);
					client.write("GET /long HTTP/1.1\r\n" + HOST + "\r\n");
				}
			}
			if (number % 2 == 0) {
				client.abort();
			}
		}
		return null;
	}

	private static void answerSlowlyOrAtLength(TestInstance instance, TestMessage request, InputStream in,
			OutputStream out, Socket socket) throws IOException, InterruptedException {
		if (request.target().equals("/slow")) {
			request.readBody(in);
			Thread.sleep(20);
			TestInstance.respond(out, "HTTP/1.1 200 OK", List.of("Content-Length: 0"), "");
			return;
		}
		TestInstance.respond(out, "HTTP/1.1 200 OK", List.of("Content-Length: " + 100 * BLOCK.length()), "");
		for (int i = 0; i < 100; i++) {
			out.write(BLOCK.getBytes(StandardCharsets.US_ASCII));
		}
	}

}
