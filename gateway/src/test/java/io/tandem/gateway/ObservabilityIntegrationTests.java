package io.tandem.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.tandem.gateway.support.TestClient;
import io.tandem.gateway.support.TestGateway;
import io.tandem.gateway.support.TestInstance;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What can be seen of requests afterwards: the access log and the metrics.
 */
class ObservabilityIntegrationTests {

	private final TestInstance first = TestInstance.start("web-app-1");

	/** Dead from the first request on, when the gateway does not know it yet. */
	private final TestInstance dying = TestInstance.start("web-app-2");

	private final Path file;

	private final TestGateway gateway;

	ObservabilityIntegrationTests(@TempDir Path directory) {
		this.file = directory.resolve("access.log");
		this.gateway = TestGateway.over(List.of(dying, first), "tandem.gateway.access-log.enabled=true",
				"tandem.gateway.access-log.file=" + file, "tandem.gateway.health-check.interval=60s");
		this.dying.stop();
	}

	@AfterEach
	void stop() {
		gateway.close();
		first.close();
	}

	@Test
	void accessLogHasALineForEachRequestWhateverBecameOfIt() throws Exception {
		TestClient.get(gateway.managementPort(), "/actuator/health");
		try (TestClient client = new TestClient(gateway.port())) {
			assertThat(client.exchange("GET /page?q=1 HTTP/1.1", "Host: tandem.test", "User-Agent: test").status())
				.isEqualTo(200);
			first.behave(TestInstance.RESET_AFTER_READING);
			assertThat(client.postChunked("/upload", 10).status()).isEqualTo(502);
		}
		try (TestClient client = new TestClient(gateway.port())) {
			first.behave(TestInstance.SILENT);
			client.write("GET /slow HTTP/1.1\r\nHost: tandem.test\r\n\r\n");
			await().until(() -> first.count() == 3);
		}
		await().until(() -> lines().size() == 3);
		assertThat(lines().get(0)).startsWith("{\"time\":\"20")
			.contains("\"node\":\"gateway\",\"client\":\"127.0.0.1\",\"method\":\"GET\",\"target\":\"/page?q=1\"",
					"\"host\":\"tandem.test\",\"status\":200", "\"instance\":\"web-app-1\"",
					"\"failed\":[\"web-app-2 unreachable\"]", "\"userAgent\":\"test\"")
			.doesNotContain("\"bytes\":0", "aborted", "reason");
		assertThat(lines().get(1)).contains("\"status\":502", "\"reason\":\"broken\"",
				"\"failed\":[\"web-app-1 broken\"]");
		assertThat(lines().get(2)).contains("\"target\":\"/slow\"", "\"status\":0", "\"aborted\":true");
		assertThat(metrics()).contains("tandem_gateway_access_log_dropped_total{node=\"gateway\"} 0.0");
	}

	@Test
	void metricsTellOfEachInstance() throws Exception {
		for (int i = 0; i < 10; i++) {
			TestClient.get(gateway.port(), "/");
		}
		assertThat(metrics()).contains(
				"tandem_gateway_requests_total{instance=\"web-app-1\",node=\"gateway\",outcome=\"answered\"} 10.0",
				"tandem_gateway_responses_total{instance=\"web-app-1\",node=\"gateway\",status=\"2xx\"} 10.0",
				"tandem_gateway_retries_total{instance=\"web-app-2\",node=\"gateway\",reason=\"unreachable\"} 1.0",
				"tandem_gateway_ejections_total{instance=\"web-app-2\",node=\"gateway\"} 1.0",
				"tandem_gateway_instance_up{instance=\"web-app-2\",node=\"gateway\"} 0.0",
				"tandem_gateway_instance_in_flight{instance=\"web-app-1\",node=\"gateway\"} 0.0",
				"tandem_gateway_response_time_seconds_bucket{instance=\"web-app-1\",node=\"gateway\",le=\"10.0\"} 10",
				"tandem_gateway_response_time_seconds_count{instance=\"web-app-1\",node=\"gateway\"} 10");
	}

	@Test
	void metricsTellOfTheJvmAndHaveItDescribeNoCollection() throws Exception {
		System.gc();
		assertThat(metrics()).containsPattern("jvm_gc_pause_seconds_count\\{gc=\"[^\"]+\",node=\"gateway\"\\} [1-9]")
			.contains("jvm_gc_pause_seconds_sum{", "jvm_memory_used_bytes{", "jvm_threads_live_threads{",
					"jvm_classes_loaded_classes{", "jvm_info{", "jvm_compilation_time_ms_total{")
			// Made of what the JVM says after each.
			.doesNotContain("jvm_gc_memory_allocated_bytes", "jvm_memory_usage_after_gc", "cause=");
	}

	private List<String> lines() throws IOException {
		return Files.exists(file) ? Files.readAllLines(file) : List.of();
	}

	private String metrics() throws IOException {
		return TestClient.get(gateway.managementPort(), "/actuator/prometheus").body();
	}

}
