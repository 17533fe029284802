package io.tandem.gateway.tls;

import java.nio.file.Path;
import java.util.List;

import io.tandem.gateway.support.TestGateway;
import io.tandem.gateway.support.TestInstance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Two gateways on one HTTPS port.
 */
@EnabledOnOs(OS.LINUX)
class SharedHttpsPortIntegrationTests {

	private final int port = TestInstance.freePort();

	@TempDir
	private Path directory;

	@Test
	void gatewaysShareItLikeTheOtherAndHaveOneCertificate() {
		try (TestInstance instance = TestInstance.start("web-app-1");
				TestGateway first = gateway(instance, "tandem.gateway.reuse-port=true");
				TestGateway second = gateway(instance, "tandem.gateway.reuse-port=true")) {
			assertThat(first.bean(HttpsListener.class).port()).isEqualTo(port);
			assertThat(second.bean(HttpsListener.class).port()).isEqualTo(port);
			assertThat(directory).isDirectoryContaining("glob:**/gateway.pem");
			assertThatExceptionOfType(RuntimeException.class)
				.isThrownBy(() -> gateway(instance, "tandem.gateway.reuse-port=false").close())
				.withStackTraceContaining("Port " + port + " is already in use");
		}
	}

	private TestGateway gateway(TestInstance instance, String reusePort) {
		return TestGateway.over(List.of(instance), reusePort, "tandem.gateway.https.port=" + port,
				"tandem.gateway.https.directory=" + directory);
	}

}
