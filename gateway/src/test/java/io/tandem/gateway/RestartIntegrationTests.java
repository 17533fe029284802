package io.tandem.gateway;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.tandem.gateway.support.TestClient;
import io.tandem.gateway.support.TestGateway;
import io.tandem.gateway.support.TestInstance;
import io.tandem.gateway.support.TestMessage;
import io.tandem.gateway.support.TestProcess;
import io.tandem.gateway.support.Traffic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Processes that end and come back one after the other under traffic, a part of it
 * streamed uploads.
 */
class RestartIntegrationTests {

	/** Of each kind of traffic. The full rate, 200, needs two idle cores. */
	private static final int PER_SECOND = Integer.getInteger("tandem.test.requests-per-second", 60) / 2;

	private static final int CONNECTIONS = 10;

	/** The default shows it once. */
	private static final int ROUNDS = Integer.getInteger("tandem.test.restarts", 1);

	private final TestInstance first = TestInstance.absent("web-app-1");

	private final TestInstance second = TestInstance.absent("web-app-2");

	private final List<TestProcess> processes = new ArrayList<>();

	private final AtomicInteger posts = new AtomicInteger();

	private final AtomicInteger turns = new AtomicInteger();

	private final Path journal;

	RestartIntegrationTests(@TempDir Path directory) {
		this.journal = directory.resolve("posts");
	}

	@AfterEach
	void stopProcesses() {
		processes.forEach(TestProcess::close);
	}

	@Test
	void endingGatewaySaysSoWhileItStillAccepts() throws Exception {
		instance(first);
		int port = TestInstance.freePort();
		int management = TestInstance.freePort();
		TestProcess gateway = gateway(port, management);
		try (TestClient kept = new TestClient(port); TestClient slow = new TestClient(port)) {
			assertThat(kept.get("/").isLast()).isFalse();
			slow.write("POST / HTTP/1.1\r\nHost: tandem.test\r\nContent-Length: 4\r\n\r\nha");
			gateway.terminate();
			await().until(() -> TestClient.get(management, "/actuator/health/readiness").status() == 503);
			TestMessage accepted = TestClient.get(port, "/");
			assertThat(accepted.status()).isEqualTo(200);
			assertThat(accepted.headers("Connection")).containsExactly("close");
			assertThat(kept.get("/").isLast()).isTrue();
			await().atMost(Duration.ofSeconds(10)).until(() -> isRefused(port));
			slow.write("lf");
			assertThat(slow.read(true).status()).isEqualTo(200);
		}
		assertThat(gateway.exitCode()).isEqualTo(143);
	}

	@Test
	void gatewaysThatShareAPortAreRestartedWithoutAFailedRequest() throws Exception {
		instance(first);
		instance(second);
		int port = TestInstance.freePort();
		List<Integer> managements = List.of(TestInstance.freePort(), TestInstance.freePort());
		List<TestProcess> gateways = new ArrayList<>();
		for (int management : managements) {
			gateways.add(gateway(port, management));
		}
		Traffic kept = Traffic.start(port, PER_SECOND, CONNECTIONS, this::alternately);
		Traffic shortLived = Traffic.start(port, PER_SECOND, CONNECTIONS,
				(client) -> client.exchange("GET / HTTP/1.1", "Host: tandem.test", "Connection: close"));
		for (int i = 0; i < 2 * ROUNDS; i++) {
			awaitMore(kept, PER_SECOND);
			gateways.get(i % 2).terminate();
			gateways.get(i % 2).exitCode();
			awaitMore(kept, PER_SECOND);
			gateways.set(i % 2, gateway(port, managements.get(i % 2)));
		}
		awaitMore(kept, PER_SECOND);
		assertThat(kept.stop().failures()).isEmpty();
		assertThat(shortLived.stop().failures()).isEmpty();
		assertThat(Files.readAllLines(journal)).hasSize(posts.get()).doesNotHaveDuplicates();
	}

	@Test
	void gatewaysThatShareAnHttpsPortAreRestartedWithoutAFailedRequest() throws Exception {
		instance(first);
		instance(second);
		int port = TestInstance.freePort();
		int securePort = TestInstance.freePort();
		String https = "--tandem.gateway.https.port=" + securePort;
		List<Integer> managements = List.of(TestInstance.freePort(), TestInstance.freePort());
		List<TestProcess> gateways = new ArrayList<>();
		for (int management : managements) {
			gateways.add(gateway(port, management, https));
		}
		try (Http2Traffic streams = new Http2Traffic(securePort)) {
			Traffic kept = Traffic.start(() -> TestClient.secure(securePort), PER_SECOND, CONNECTIONS,
					this::alternately);
			for (int i = 0; i < 2 * ROUNDS; i++) {
				awaitMore(kept, PER_SECOND);
				gateways.get(i % 2).terminate();
				gateways.get(i % 2).exitCode();
				awaitMore(kept, PER_SECOND);
				gateways.set(i % 2, gateway(port, managements.get(i % 2), https));
			}
			awaitMore(kept, PER_SECOND);
			assertThat(kept.stop().failures()).isEmpty();
			assertThat(streams.stop()).isEmpty();
		}
		assertThat(Files.readAllLines(journal)).hasSize(posts.get()).doesNotHaveDuplicates();
	}

	@Test
	void endingGatewaySendsStreamsElsewhereBeforeItRefusesThem() throws Exception {
		instance(first);
		int port = TestInstance.freePort();
		int securePort = TestInstance.freePort();
		TestProcess gateway = gateway(port, TestInstance.freePort(), "--tandem.gateway.https.port=" + securePort);
		try (Http2Client client = new Http2Client(securePort)) {
			client.get(1);
			client.awaitHeaders(1);
			gateway.terminate();
			assertThat(client.awaitGoAway()).isEqualTo(Integer.MAX_VALUE);
			client.get(3);
			client.awaitHeaders(3);
			client.awaitEnd();
		}
		assertThat(gateway.exitCode()).isEqualTo(143);
	}

	@Test
	void endingGatewayServesWhoIsStillInTheHandshake() throws Exception {
		instance(first);
		int port = TestInstance.freePort();
		int securePort = TestInstance.freePort();
		TestProcess gateway = gateway(port, TestInstance.freePort(), "--tandem.gateway.https.port=" + securePort);
		gateway.terminate();
		try (TestClient slow = TestClient.secure(securePort)) {
			await().atMost(Duration.ofSeconds(10)).until(() -> isRefused(securePort));
			// Twice as long as a connection without a request may stay.
			await().pollDelay(Duration.ofSeconds(1)).until(() -> true);
			assertThat(slow.get("/").isLast()).isTrue();
		}
		assertThat(gateway.exitCode()).isEqualTo(143);
	}

	@Test
	void killedInstancesFailNoGetAndExecuteNoPostTwice() throws Exception {
		List<TestInstance> instances = List.of(first, second);
		List<TestProcess> running = new ArrayList<>(List.of(instance(first), instance(second)));
		try (TestGateway gateway = TestGateway.over(instances)) {
			gateway.awaitInRotation(2);
			Traffic gets = Traffic.start(gateway.port(), PER_SECOND, CONNECTIONS, (client) -> client.get("/"));
			Traffic uploads = Traffic.start(gateway.port(), PER_SECOND, CONNECTIONS, this::post);
			for (int i = 0; i < 2 * ROUNDS; i++) {
				awaitMore(gets, PER_SECOND);
				running.get(i % 2).kill();
				awaitMore(gets, PER_SECOND);
				running.set(i % 2, instance(instances.get(i % 2)));
				await().atMost(Duration.ofSeconds(30)).until(() -> gateway.inRotation() == 2);
			}
			assertThat(gets.stop().failures()).isEmpty();
			// Those under way at the killed instance may have been executed.
			assertThat(uploads.stop().failures()).allMatch((failure) -> failure.contains("may have been executed"))
				.hasSizeLessThanOrEqualTo(2 * ROUNDS * CONNECTIONS);
			assertThat(Files.readAllLines(journal)).doesNotHaveDuplicates();
		}
	}

	private TestMessage alternately(TestClient client) throws IOException {
		return (turns.getAndIncrement() % 2 == 0) ? post(client) : client.get("/");
	}

	private TestMessage post(TestClient client) throws IOException {
		return client.postChunked("/" + posts.incrementAndGet(), 40_000);
	}

	private static void awaitMore(Traffic traffic, int requests) {
		int target = traffic.answered() + requests;
		await().atMost(Duration.ofSeconds(30)).until(() -> traffic.answered() >= target);
	}

	private static boolean isRefused(int port) {
		try {
			new TestClient(port).close();
			return false;
		}
		catch (IOException ex) {
			return true;
		}
	}

	private TestProcess instance(TestInstance absent) {
		TestProcess process = TestProcess.instance(absent, journal.toString());
		processes.add(process);
		TestGateway.awaitReady(absent.managementPort());
		return process;
	}

	private TestProcess gateway(int port, int management, String... more) {
		List<String> arguments = TestGateway.arguments(port, management, List.of(first, second));
		for (String argument : more) {
			arguments.removeIf((other) -> other.startsWith(argument.substring(0, argument.indexOf('=') + 1)));
			arguments.add(argument);
		}
		arguments.add("--tandem.gateway.reuse-port=true");
		TestProcess process = TestProcess.gateway(arguments);
		processes.add(process);
		TestGateway.awaitReady(management);
		return process;
	}

	/**
	 * Uploads on the streams of one HTTP/2 connection after another. The client repeats
	 * what the gateway says it has not seen, as HTTP/2 wants it, and nothing else.
	 */
	private final class Http2Traffic implements AutoCloseable {

		private final HttpClient client = HttpClient.newBuilder()
			.version(HttpClient.Version.HTTP_2)
			.sslContext(TestClient.trusting())
			.build();

		private final List<String> failures = new CopyOnWriteArrayList<>();

		private final List<Thread> workers = new ArrayList<>();

		private final AtomicBoolean stopped = new AtomicBoolean();

		Http2Traffic(int port) {
			for (int i = 0; i < CONNECTIONS; i++) {
				workers.add(Thread.startVirtualThread(() -> work(URI.create("https://localhost:" + port + "/"))));
			}
		}

		private void work(URI uri) {
			while (!stopped.get()) {
				try {
					HttpRequest request = HttpRequest.newBuilder(uri.resolve("/" + posts.incrementAndGet()))
						.timeout(Duration.ofSeconds(20))
						.POST(HttpRequest.BodyPublishers.ofString("x".repeat(1_000)))
						.build();
					HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
					if (response.statusCode() != 200 || response.version() != HttpClient.Version.HTTP_2) {
						failures.add(response + response.body());
					}
					Thread.sleep(Duration.ofSeconds(CONNECTIONS).dividedBy(PER_SECOND));
				}
				catch (IOException | InterruptedException ex) {
					failures.add(ex.toString());
				}
			}
		}

		/** Lets the requests under way end, and tells which have failed. */
		List<String> stop() throws InterruptedException {
			stopped.set(true);
			for (Thread worker : workers) {
				worker.join();
			}
			return failures;
		}

		@Override
		public void close() {
			stopped.set(true);
			client.shutdownNow();
		}

	}

}
