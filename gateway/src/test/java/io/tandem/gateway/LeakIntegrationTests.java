package io.tandem.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

import io.tandem.gateway.support.TestClient;
import io.tandem.gateway.support.TestGateway;
import io.tandem.gateway.support.TestInstance;
import io.tandem.gateway.support.TestInstance.Behaviour;
import io.tandem.gateway.support.TestProcess;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Mixed traffic with clients and instances that break off whenever they like, under
 * Netty's leak detection. Lasts 10 s, or as long as
 * {@code -Dtandem.leak-test.seconds=600} says.
 */
class LeakIntegrationTests {

	private static final int CLIENTS = 8;

	private static final Duration DURATION = Duration.ofSeconds(Long.getLong("tandem.leak-test.seconds", 10));

	private static final Behaviour LARGE = (instance, request, in, out, socket) -> {
		request.readBody(in);
		TestInstance.respond(out, "HTTP/1.1 200 OK", List.of("Content-Length: 300000"), "x".repeat(300_000));
	};

	private static final Behaviour EVENTS = (instance, request, in, out, socket) -> {
		TestInstance.respond(out, "HTTP/1.1 200 OK", List.of("Content-Type: text/event-stream"), "data: 1\n\n");
		Thread.sleep(50);
		socket.close();
	};

	private static final List<Behaviour> BEHAVIOURS = List.of(TestInstance.ANSWER, TestInstance.ANSWER,
			TestInstance.ANSWER, LARGE, EVENTS, TestInstance.RESET_AFTER_READING, TestInstance.RESET_AFTER_HEADERS,
			TestInstance.RESET_IN_BODY, TestInstance.RESET_IN_CHUNKS, TestInstance.GARBAGE);

	private final TestInstance first = TestInstance.start("web-app-1");

	private final TestInstance second = TestInstance.start("web-app-2");

	private final int port = TestInstance.freePort();

	private final int management = TestInstance.freePort();

	private final TestProcess gateway = startGateway();

	@AfterEach
	void stop() {
		gateway.close();
		first.close();
		second.close();
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void nothingLeaksWhateverBreaksOff() throws Exception {
		await().atMost(Duration.ofSeconds(60))
			.ignoreExceptionsInstanceOf(IOException.class)
			.until(() -> TestClient.get(management, "/actuator/health/readiness").status() == 200);
		TestClient.get(port, "/");
		long before = openFiles();
		misbehave();
		List<Thread> clients = new ArrayList<>();
		long end = System.nanoTime() + DURATION.toNanos();
		for (int i = 0; i < CLIENTS; i++) {
			clients.add(Thread.ofPlatform().start(() -> sendUntil(end)));
		}
		for (Thread client : clients) {
			client.join();
		}
		first.heal();
		second.heal();
		// Leaks are noticed when buffers are allocated after a collection.
		for (int i = 0; i < 500; i++) {
			TestClient.get(port, "/");
		}
		assertThat(gateway.isAlive()).isTrue();
		await().atMost(Duration.ofSeconds(30)).until(() -> inFlight() == 0);
		await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(openFiles()).isLessThan(before + 10));
		assertThat(gateway.output()).doesNotContain("LEAK", "OutOfMemory", "IllegalReferenceCount");
	}

	private TestProcess startGateway() {
		List<String> arguments = new ArrayList<>(TestGateway.arguments(port, management, List.of(first, second)));
		arguments.addAll(List.of("--tandem.gateway.ejection.connect-errors=0", "--tandem.gateway.ejection.resets=0",
				"--tandem.gateway.upstream.max-idle-time=1s", "--server.netty.idle-timeout=2s",
				"--tandem.gateway.upstream.first-attempt-timeout=500ms",
				"--tandem.gateway.upstream.response-timeout=1s"));
		return TestProcess.java(GatewayApplication.class, List.of("-Xmx96m", "-Dio.netty.leakDetection.level=paranoid",
				"-Dio.netty.leakDetection.targetRecords=20"), arguments);
	}

	private void misbehave() {
		Behaviour any = (instance, request, in, out, socket) -> BEHAVIOURS
			.get(ThreadLocalRandom.current().nextInt(BEHAVIOURS.size()))
			.handle(instance, request, in, out, socket);
		first.behave(any);
		second.behave(any);
	}

	private void sendUntil(long end) {
		while (System.nanoTime() - end < 0) {
			try (TestClient client = new TestClient(port)) {
				client.timeout(Duration.ofSeconds(5));
				send(client);
			}
			catch (IOException | NumberFormatException ex) {
				// Answers break off all the time.
			}
		}
	}

	private static void send(TestClient client) throws IOException {
		switch (ThreadLocalRandom.current().nextInt(7)) {
			case 0 -> client.get("/");
			case 1 -> client.postChunked("/", 200_000);
			case 2 -> client.write("POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 100000\r\n\r\nbeginning");
			case 3 -> client.write("GET / HTTP/1.1\r\nHost: a.test\r\n\r\n");
			case 4 -> client.exchange("HEAD / HTTP/1.1", "Host: a.test");
			case 5 -> {
				client.write("GET /large HTTP/1.1\r\nHost: a.test\r\n\r\n");
				client.readInterim();
			}
			default -> client.exchange("GET /socket HTTP/1.1", "Host: a.test", "Connection: Upgrade",
					"Upgrade: websocket", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
		}
	}

	private long openFiles() throws IOException {
		try (Stream<Path> files = Files.list(Path.of("/proc", String.valueOf(gateway.pid()), "fd"))) {
			return files.count();
		}
	}

	private double inFlight() throws IOException {
		return TestClient.get(management, "/actuator/prometheus")
			.body()
			.lines()
			.filter((line) -> line.startsWith("tandem_gateway_instance_in_flight"))
			.mapToDouble((line) -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
			.sum();
	}

}
