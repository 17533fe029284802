package io.tandem.integration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Holds together what the Dockerfile, the compose file, the poms and the documentation
 * say.
 */
class ContainerFilesTests {

	private static final Path CHECKOUT = Path.of("..");

	private static final int MEBIBYTES = 3 * 1024;

	private final Map<String, Map<String, Object>> services = services("docker-compose.yml");

	private final Map<String, Map<String, Object>> highlyAvailable = services("docker-compose.ha.yml");

	@Test
	void imagesAreOfficialOnesOrCarryTheVersionOfTheBuild() {
		String version = first("<artifactId>tandem</artifactId>\\s*<version>(.+?)</version>", read("pom.xml"));
		String java = first("<java.version>(.+?)</java.version>", read("pom.xml"));
		assertThat(this.services.values()).extracting((service) -> service.get("image"))
			.containsOnly("mysql:9.7", "eclipse-temurin:" + java + "-jre", "tandem/web-app:" + version,
					"tandem/gateway:" + version, "prom/prometheus:v3.5.3", "grafana/grafana:12.2.0");
		assertThat(this.highlyAvailable.values()).extracting((service) -> service.get("image"))
			.filteredOn(Objects::nonNull)
			.containsOnly("mysql:9.7", "tandem/keepalived:" + version);
		assertThat(all("(?m)^FROM (\\S+)", read("Dockerfile"))).containsExactly("eclipse-temurin:" + java + "-jdk",
				"eclipse-temurin:" + java + "-jre");
		assertThat(all("(?m)^FROM (\\S+)", read("ops/keepalived/Dockerfile"))).containsExactly("debian:trixie-slim");
	}

	@Test
	void imagesInTheDocumentationAreThoseThatRun() {
		Set<String> run = Stream
			.concat(this.services.values().stream().map((service) -> String.valueOf(service.get("image"))),
					all("(?m)^FROM (\\S+)", read("Dockerfile")).stream())
			.collect(Collectors.toSet());
		for (String document : List.of("README.md", "docs/operations.md", "k8s/README.md", "k8s/lab/README.md")) {
			// A rolling update is to another version.
			assertThat(all("\\b((?:mysql|eclipse-temurin|tandem/[a-z-]+):[0-9][\\w.-]*)",
					read(document).replace("web-app=tandem/web-app:0.1.1", "")))
				.as(document)
				.isSubsetOf(run);
		}
		assertThat(all("\\b(mysql:[0-9]\\S*|tandem/\\S+:[0-9]\\S*)", read("k8s/lab/README.md"))).hasSize(3);
	}

	@Test
	void portsArePublishedOnLoopbackAndEachIsDocumentedWithItsVariable() {
		List<String> ports = this.services.values()
			.stream()
			.flatMap((service) -> list(service, "ports").stream())
			.map(String::valueOf)
			.toList();
		assertThat(ports).hasSize(8)
			.allSatisfy((port) -> assertThat(port).matches("127\\.0\\.0\\.1:\\$\\{TANDEM_[A-Z0-9_]+:-\\d+}:\\d+"));
		String operations = read("docs/operations.md");
		for (String port : ports) {
			assertThat(operations).contains("`" + first("\\{([A-Z0-9_]+)", port) + "`")
				.contains(first(":-(\\d+)", port));
		}
	}

	@Test
	void memoryOfAllNodesHasALimitOfThreeGibibytes() {
		int sum = nodes().mapToInt(ContainerFilesTests::memory).sum();
		assertThat(sum).isPositive().isLessThanOrEqualTo(MEBIBYTES);
	}

	@Test
	void memoryOfTheHighlyAvailableVariantHasTheSameLimitWhichIsDocumented() {
		Map<String, Integer> limits = new TreeMap<>();
		this.services.forEach((name, service) -> {
			if (service.containsKey("restart") && !service.containsKey("profiles")) {
				limits.put(name, memory(service));
			}
		});
		this.highlyAvailable.forEach((name, service) -> limits.merge(name, memory(extended(service)),
				(inherited, own) -> (own > 0) ? own : inherited));
		assertThat(limits).hasSize(12).allSatisfy((name, limit) -> assertThat(limit).as(name).isPositive());
		int sum = limits.values().stream().mapToInt(Integer::intValue).sum();
		assertThat(sum).isLessThanOrEqualTo(MEBIBYTES);
		assertThat(read("docs/operations.md")).contains("%,d MiB".formatted(sum));
	}

	/** What a service takes over from the other file. */
	private Map<String, Object> extended(Map<String, Object> service) {
		return (service.get("extends") instanceof Map<?, ?> base)
				? Objects.requireNonNull(this.services.get(String.valueOf(base.get("service")))) : service;
	}

	@Test
	void nodesAreConfinedRestartedAndKeepTheirLogsSmall() {
		assertThat(nodes()).hasSize(8).allSatisfy((service) -> {
			assertThat(service).containsEntry("read_only", true)
				.containsEntry("cap_drop", List.of("ALL"))
				.containsEntry("security_opt", List.of("no-new-privileges:true"))
				.containsEntry("restart", "unless-stopped")
				.containsKeys("pids_limit", "stop_grace_period", "depends_on");
			assertThat(String.valueOf(service.get("logging"))).contains("max-size", "max-file");
		});
	}

	@Test
	void highlyAvailableVariantIsConfinedAsWell() {
		List<Map<String, Object>> added = this.highlyAvailable.values()
			.stream()
			.filter((service) -> service.containsKey("restart"))
			.toList();
		assertThat(added).hasSize(5).allSatisfy((service) -> {
			assertThat(service).containsAllEntriesOf(Map.of("read_only", true, "cap_drop", List.of("ALL"),
					"security_opt", List.of("no-new-privileges:true"), "restart", "unless-stopped"));
			assertThat(service).containsKeys("pids_limit", "stop_grace_period", "logging");
		});
		assertThat(added.stream().filter((service) -> service.containsKey("cap_add"))).hasSize(2)
			.allSatisfy((service) -> assertThat(service).containsEntry("cap_add", List.of("NET_ADMIN", "NET_RAW")));
	}

	/** By the compose files, or by the images that are built here. */
	@Test
	void noContainerRunsAsRootButThoseThatCannotDoWithout() {
		Map<String, String> root = Map.of(
				// Gives files to other users; has no network, and ends.
				"secrets", "[CHOWN, DAC_OVERRIDE]",
				// Gives an address to a network; root without any other right.
				"keepalived-1", "[NET_ADMIN, NET_RAW]", "keepalived-2", "[NET_ADMIN, NET_RAW]");
		Map<String, Map<String, Object>> all = new TreeMap<>(this.highlyAvailable);
		all.putAll(this.services);
		assertThat(all).hasSize(15).allSatisfy((name, service) -> {
			if (root.containsKey(name)) {
				assertThat(service).doesNotContainKey("user").containsEntry("cap_drop", List.of("ALL"));
				assertThat(String.valueOf(service.get("cap_add"))).isEqualTo(root.get(name));
			}
			else {
				assertThat(user(extended(service))).as(name).matches("[1-9]\\d*:\\d+");
			}
		});
	}

	private static String user(Map<String, Object> service) {
		return service.containsKey("build") ? first("(?m)^USER (\\S+)", read("Dockerfile"))
				: String.valueOf(service.get("user"));
	}

	/** promtool says whether the test is true, and this that nothing is left out. */
	@Test
	void everyAlertIsSeenSilentAndFiring() {
		List<String> alerts = all("- alert: (\\w+)", read("ops/prometheus/rules.yml"));
		String test = read("ops/prometheus/rules.test.yml");
		assertThat(alerts).hasSizeGreaterThan(5).doesNotHaveDuplicates();
		assertThat(all("alertname: (\\w+), exp_alerts: \\[]", test)).as("silent").containsAll(alerts);
		assertThat(all("alertname: (\\w+)\\n +exp_alerts:\\n +- exp_labels", test)).as("firing").containsAll(alerts);
	}

	@Test
	void highlyAvailableVariantPublishesTheSamePorts() {
		for (String number : List.of("1", "2")) {
			assertThat(list(Objects.requireNonNull(this.highlyAvailable.get("keepalived-" + number)), "ports"))
				.isEqualTo(list(Objects.requireNonNull(this.services.get("gateway-" + number)), "ports"));
		}
	}

	@Test
	void membersOfAGroupAreStartedAsInKubernetes() {
		List<String> kubernetes = all("value: (--\\S+)", read("k8s/components/group-replication/kustomization.yaml"));
		for (String node : List.of("mysql-1", "mysql-2", "mysql-3")) {
			String common = list(Objects.requireNonNull(this.services.get("mysql-1")), "command").toString();
			assertThat(list(Objects.requireNonNull(this.highlyAvailable.get(node)), "command").toString())
				.isEqualTo(common.replace("mysql-1", node).replace("]", "") + kubernetes.stream()
					.map((argument) -> ", " + argument.replace("$(NODE)", node))
					.collect(Collectors.joining()) + "]");
		}
	}

	private Stream<Map<String, Object>> nodes() {
		return this.services.values().stream().filter((service) -> service.containsKey("restart"));
	}

	/** In mebibytes; nothing where a file says nothing of it. */
	private static int memory(Map<String, Object> service) {
		return Optional.ofNullable(service.get("mem_limit"))
			.map((limit) -> Integer.parseInt(first("(\\d+)m", String.valueOf(limit))))
			.orElse(0);
	}

	private static List<?> list(Map<String, Object> service, String key) {
		return Optional.ofNullable((List<?>) service.get(key)).orElse(List.of());
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Map<String, Object>> services(String name) {
		// Compose's own tag, which takes away what another file says.
		Map<String, Object> file = new Yaml().load(read(name).replace("!reset ", ""));
		return (Map<String, Map<String, Object>>) Objects.requireNonNull(file.get("services"));
	}

	private static String read(String file) {
		try {
			return Files.readString(CHECKOUT.resolve(file));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static List<String> all(String expression, String text) {
		return Pattern.compile(expression)
			.matcher(text)
			.results()
			.map((result) -> Objects.requireNonNull(result.group(1)))
			.toList();
	}

	private static String first(String expression, String text) {
		List<String> found = all(expression, text);
		assertThat(found).as("%s in %s", expression, text).isNotEmpty();
		return found.getFirst();
	}

}
