package io.tandem.integration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Prometheus as the profile {@code monitoring} starts it. Grafana's dashboard is checked
 * by what it asks.
 */
@Tag("only-containers")
@ExtendWith(SharedCluster.class)
class MonitoringIntegrationTests {

	private static final Path PROMETHEUS = Containers.CHECKOUT.resolve("ops/prometheus");

	private static final Path GRAFANA = Containers.CHECKOUT.resolve("ops/grafana");

	@Test
	void configurationAndRulesPassPromtoolAndAlertsFireWhenTheyShould() {
		promtool("check", "config", "/etc/prometheus/prometheus.yml");
		promtool("test", "rules", "/etc/prometheus/rules.test.yml");
	}

	private static void promtool(String... arguments) {
		List<String> command = new ArrayList<>(List.of("run", "--rm", "--network", "none", "--volume",
				PROMETHEUS + ":/etc/prometheus:ro", "--entrypoint", "promtool", "prom/prometheus:v3.5.3"));
		command.addAll(List.of(arguments));
		assertThat(Containers.docker(command.toArray(String[]::new))).contains("SUCCESS");
	}

	@Test
	void everyPanelAndEveryRuleFindsDataInALivePrometheus(TestCluster cluster) throws Exception {
		try (Prometheus prometheus = Prometheus.startBeside(cluster.containers())) {
			Set<String> missing = new HashSet<>(panels());
			missing.addAll(rules());
			assertThat(missing).hasSizeGreaterThan(20);
			LinkClient client = cluster.client();
			await("data for all").atMost(Duration.ofSeconds(90))
				.pollInterval(Duration.ofSeconds(2))
				.untilAsserted(() -> {
					client.get("/");
					client.shorten("https://example.com/monitoring");
					for (String expression : Set.copyOf(missing)) {
						if (!prometheus.ask(expression).isEmpty()) {
							missing.remove(expression);
						}
					}
					assertThat(missing).isEmpty();
				});
		}
	}

	@Test
	void panelsAskTheProvisionedSourceAndTheDashboardKeepsItsAddress() throws IOException {
		Map<String, List<Map<String, Object>>> provisioned = new Yaml()
			.load(Files.readString(GRAFANA.resolve("provisioning/datasources/prometheus.yml")));
		JsonNode dashboard = dashboard();
		assertThat(dashboard.path("uid").asString()).isEqualTo("tandem-cluster");
		for (JsonNode panel : dashboard.path("panels")) {
			assertThat(provisioned.get("datasources")).extracting((source) -> source.get("uid"))
				.contains(panel.path("datasource").path("uid").asString());
		}
	}

	private static List<String> panels() throws IOException {
		return dashboard().path("panels")
			.valueStream()
			.flatMap((panel) -> panel.path("targets").valueStream())
			.map((target) -> target.path("expr").asString())
			.toList();
	}

	private static JsonNode dashboard() throws IOException {
		return JsonMapper.shared().readTree(Files.readString(GRAFANA.resolve("dashboards/cluster.json")));
	}

	/** An alert that is silent finds nothing: what it compares is asked for. */
	private static List<String> rules() throws IOException {
		Map<String, List<Map<String, List<Map<String, Object>>>>> file = new Yaml()
			.load(Files.readString(PROMETHEUS.resolve("rules.yml")));
		return file.getOrDefault("groups", List.of())
			.stream()
			.flatMap((group) -> group.getOrDefault("rules", List.of()).stream())
			.map((rule) -> String.valueOf(rule.get("expr")).replaceFirst(" (==|>|<) [0-9.]+$", ""))
			.toList();
	}

}
