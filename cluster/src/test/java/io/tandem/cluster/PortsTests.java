package io.tandem.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;

import io.tandem.cluster.process.NodeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class PortsTests {

	@Test
	void usualPortsAreThoseOfTheDocumentation() {
		Ports ports = Ports.configured(Map.of());
		assertThat(ports.main(Node.GATEWAY_1)).isEqualTo(8080);
		assertThat(ports.main(Node.GATEWAY_2)).isEqualTo(8080);
		assertThat(ports.https()).isEqualTo(8443);
		assertThat(ports.management(Node.GATEWAY_2)).contains(9091);
		assertThat(ports.main(Node.WEB_APP_2)).isEqualTo(8102);
		assertThat(ports.management(Node.WEB_APP_2)).contains(9102);
		assertThat(ports.main(Node.MYSQL_1)).isEqualTo(33061);
		assertThat(ports.management(Node.MYSQL_1)).isEmpty();
	}

	@Test
	void environmentVariableChangesOnePort() {
		Ports ports = Ports.configured(Map.of("TANDEM_WEB_APP_1_MANAGEMENT_PORT", "19101"));
		assertThat(ports.management(Node.WEB_APP_1)).contains(19101);
		assertThat(ports.main(Node.WEB_APP_1)).isEqualTo(8101);
	}

	@ParameterizedTest
	@ValueSource(strings = { "http", "0", "65536", "-1" })
	void valueThatIsNoPortIsRefusedWithItsVariable(String value) {
		assertThatIllegalArgumentException().isThrownBy(() -> Ports.configured(Map.of("TANDEM_HTTP_PORT", value)))
			.withMessageContaining("TANDEM_HTTP_PORT=" + value);
	}

	@Test
	void samePortTwiceIsRefusedWithBothVariables() {
		assertThatIllegalArgumentException().isThrownBy(() -> Ports.configured(Map.of("TANDEM_HTTP_PORT", "8101")))
			.withMessageContaining("TANDEM_HTTP_PORT")
			.withMessageContaining("TANDEM_WEB_APP_1_PORT");
	}

	@Test
	void portsInEffectAreReadBack(@TempDir Path directory) throws IOException {
		Ports ports = Ports.free();
		ports.write(directory.resolve("ports"));
		Ports read = Ports.read(directory.resolve("ports")).orElseThrow();
		for (Node node : Node.values()) {
			assertThat(read.main(node)).isEqualTo(ports.main(node));
			assertThat(read.management(node)).isEqualTo(ports.management(node));
		}
		assertThat(Ports.read(directory.resolve("nothing"))).isEmpty();
	}

	@Test
	void portInUseIsNamedWithItsNodeItsVariableAndItsHolder() throws IOException {
		try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			Ports ports = Ports.configured(Map.of("TANDEM_MYSQL_1_PORT", Integer.toString(taken.getLocalPort())));
			assertThatExceptionOfType(NodeException.class)
				.isThrownBy(() -> PortCheck.requireFree(EnumSet.of(Ports.Purpose.MYSQL_1), ports))
				.withMessageContaining("mysql-1: port " + taken.getLocalPort() + " is in use")
				.withMessageContaining("process " + ProcessHandle.current().pid())
				.withMessageContaining("TANDEM_MYSQL_1_PORT");
		}
	}

	@Test
	void freePortsPassTheCheck() {
		PortCheck.requireFree(EnumSet.allOf(Ports.Purpose.class), Ports.free());
	}

}
