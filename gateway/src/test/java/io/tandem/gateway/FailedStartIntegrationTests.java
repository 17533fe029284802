package io.tandem.gateway;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.StandardSocketOptions;
import java.util.List;

import io.tandem.gateway.support.TestGateway;
import io.tandem.gateway.support.TestInstance;
import io.tandem.gateway.support.Traffic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * What stops a gateway from starting, what it says then, and what does not stop it.
 */
@ExtendWith(OutputCaptureExtension.class)
class FailedStartIntegrationTests {

	private final TestInstance first = TestInstance.start("web-app-1");

	private final TestInstance second = TestInstance.start("web-app-2");

	@AfterEach
	void stop() {
		first.close();
		second.close();
	}

	@Test
	void startsWhileAnInstanceIsDead() throws Exception {
		first.stop();
		try (TestGateway gateway = TestGateway.over(first, second)) {
			assertThat(Traffic.send(gateway.port(), 50, 4, (client) -> client.get("/")).failures()).isEmpty();
		}
	}

	@Test
	void portOfSomebodyWhoDoesNotShareItIsAnErrorEvenWithReusePort(CapturedOutput output) throws IOException {
		try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			assertFails("--server.port=" + other.getLocalPort(), "--tandem.gateway.reuse-port=true");
			assertThat(output).contains("Port " + other.getLocalPort() + " was already in use");
		}
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void managementPortIsNeverShared(CapturedOutput output) throws IOException {
		try (ServerSocket other = new ServerSocket()) {
			other.setOption(StandardSocketOptions.SO_REUSEPORT, true);
			other.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
			assertFails("--management.server.port=" + other.getLocalPort(), "--tandem.gateway.reuse-port=true");
			assertThat(output).contains("Port " + other.getLocalPort() + " was already in use");
		}
	}

	@Test
	void publicManagementPortIsRefused(CapturedOutput output) {
		int port = TestInstance.freePort();
		assertFails("--server.port=" + port, "--management.server.port=" + port);
		assertThat(output).contains("management.server.port", "server.port", "actuator");
	}

	@Test
	void pathOfHealthChecksThatIsNoneIsRefused(CapturedOutput output) {
		assertFails("--tandem.gateway.health-check.path=/ready now");
		assertThat(output).contains("tandem.gateway.health-check.path is '/ready now'.", "/actuator/health/readiness");
		assertThat(output).doesNotContain("\tat ");
	}

	@Test
	void withoutInstancesItSaysWhatToSet(CapturedOutput output) {
		assertThatException().isThrownBy(() -> SpringApplication.run(GatewayApplication.class, "--server.port=0"));
		assertThat(output).contains("No instance of 'web-app' is configured",
				"spring.cloud.discovery.client.simple.instances.web-app[0].uri=http://");
		assertThat(output).doesNotContain("\tat ");
	}

	private void assertFails(String... arguments) {
		List<String> all = TestGateway.arguments(0, TestInstance.freePort(), List.of(first, second));
		for (String argument : arguments) {
			String name = argument.substring(0, argument.indexOf('=') + 1);
			all.removeIf((each) -> each.startsWith(name));
			all.add(argument);
		}
		assertThatException()
			.isThrownBy(() -> SpringApplication.run(GatewayApplication.class, all.toArray(String[]::new)).close());
	}

}
