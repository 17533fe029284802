package io.tandem.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.tandem.gateway.support.TestClient;
import io.tandem.gateway.support.TestGateway;
import io.tandem.gateway.support.TestInstance;
import io.tandem.gateway.support.TestMessage;
import io.tandem.gateway.support.TestProcess;
import io.tandem.gateway.support.Traffic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Gateways as processes: how they share a port and end.
 */
class StartIntegrationTests {

	private final TestInstance first = TestInstance.start("web-app-1");

	private final TestInstance second = TestInstance.start("web-app-2");

	private final int port = TestInstance.freePort();

	private final List<TestProcess> processes = new ArrayList<>();

	@AfterEach
	void stop() {
		processes.forEach(TestProcess::close);
		first.close();
		second.close();
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void twoGatewaysShareAPortAndOneGoesOnWhenTheOtherIsKilled() throws Exception {
		int management = TestInstance.freePort();
		int otherManagement = TestInstance.freePort();
		TestProcess gateway = gateway(management, "--tandem.gateway.reuse-port=true");
		TestProcess other = gateway(otherManagement, "--tandem.gateway.reuse-port=true");
		TestGateway.awaitReady(management);
		TestGateway.awaitReady(otherManagement);
		await().untilAsserted(() -> {
			for (int i = 0; i < 20; i++) {
				assertThat(TestClient.get(port, "/").status()).isEqualTo(200);
			}
			assertThat(answered(management)).isPositive();
			assertThat(answered(otherManagement)).isPositive();
		});
		gateway.kill();
		Traffic traffic = Traffic.send(port, 200, 200, (client) -> client.get("/"));
		assertThat(traffic.failures()).isEmpty();
		other.terminate();
		assertThat(other.exitCode()).isEqualTo(143);
	}

	@Test
	void trainingRunServesRequestsOfItsOwnAndEnds(@TempDir Path directory) throws Exception {
		TestProcess gateway = start("-Djava.io.tmpdir=" + directory, List.of("train"));
		assertThat(gateway.exitCode()).isZero();
		assertThat(gateway.output()).contains("Trained with 20")
			.contains("Requests are forwarded without WebFlux")
			.doesNotContain("WARN", "ERROR", "port 8080", "port 9090", "port 8443");
		try (Stream<Path> left = Files.list(directory)) {
			assertThat(left.filter((file) -> file.getFileName().toString().startsWith("tandem"))).isEmpty();
		}
	}

	@Test
	void requestUnderWayIsFinishedOnSigterm() throws Exception {
		int management = TestInstance.freePort();
		first.behave(StartIntegrationTests::answerSlowly);
		second.behave(StartIntegrationTests::answerSlowly);
		TestProcess gateway = gateway(management);
		TestGateway.awaitReady(management);
		try (TestClient client = new TestClient(port)) {
			client.write("GET / HTTP/1.1\r\nHost: tandem.test\r\n\r\n");
			await().until(() -> first.count() + second.count() == 1);
			gateway.terminate();
			assertThat(client.read(true).status()).isEqualTo(200);
		}
		assertThat(gateway.exitCode()).isEqualTo(143);
	}

	private static void answerSlowly(TestInstance instance, TestMessage request, InputStream in, OutputStream out,
			Socket socket) throws IOException, InterruptedException {
		instance.note(request);
		Thread.sleep(1500);
		TestInstance.respond(out, "HTTP/1.1 200 OK", List.of("Content-Length: 0"), "");
	}

	private TestProcess gateway(int management, String... more) {
		List<String> arguments = new ArrayList<>(TestGateway.arguments(port, management, List.of(first, second)));
		arguments.addAll(List.of(more));
		return start("-Xmx96m", arguments);
	}

	private TestProcess start(String option, List<String> arguments) {
		TestProcess process = TestProcess.java(GatewayApplication.class, List.of(option), arguments);
		processes.add(process);
		return process;
	}

	private static double answered(int management) throws IOException {
		return TestClient.get(management, "/actuator/prometheus")
			.body()
			.lines()
			.filter((line) -> line.startsWith("tandem_gateway_requests_total") && line.contains("answered"))
			.mapToDouble((line) -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
			.sum();
	}

}
