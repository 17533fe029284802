package io.tandem.benchmarks.gateway;

import java.io.PrintWriter;
import java.io.StringWriter;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class GatewayBenchmarksTests {

	@Test
	void helpNamesProxiesAndDefaults() {
		String help = GatewayBenchmarks.commandLine().getUsageMessage().replaceAll("\\s+", " ");
		assertThat(help).contains("HAPROXY", "VANILLA", "Windows for each proxy; 0 leaves the load out (default: 3)");
	}

	@Test
	void unknownProxyIsRefused() {
		assertThat(GatewayBenchmarks.commandLine()
			.setErr(new PrintWriter(new StringWriter()))
			.execute("--proxies", "envoy")).isEqualTo(2);
	}

}
