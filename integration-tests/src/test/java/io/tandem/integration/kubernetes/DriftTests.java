package io.tandem.integration.kubernetes;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentSpec;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.tandem.integration.kubernetes.Manifests.Workload;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

import org.springframework.boot.convert.DurationStyle;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the manifests say of the applications and of compose is true.
 */
class DriftTests {

	private static final Path ROOT = Kubectl.ROOT;

	/**
	 * Connections of a database that are no pool's: of probes, migration, replicas,
	 * health checks and people.
	 */
	private static final int RESERVE = 15;

	static Stream<Workload> workloads() {
		return Manifests.OVERLAYS.stream().flatMap((overlay) -> Manifests.of(overlay).workloads().stream());
	}

	@ParameterizedTest
	@MethodSource("workloads")
	void imagesAreThoseOfCompose(Workload workload) throws IOException {
		String expected = String.valueOf(compose(composeName(workload)).get("image"));
		assertThat(workload.pods().getSpec().getContainers()).extracting(Container::getImage)
			.allSatisfy((image) -> assertThat(image).endsWith(expected).doesNotEndWith("latest").contains(":"));
	}

	@ParameterizedTest
	@MethodSource("workloads")
	void memoryIsAtLeastThatOfCompose(Workload workload) throws IOException {
		String compose = String.valueOf(compose(composeName(workload)).get("mem_limit")).replace("m", "MB");
		String limit = String.valueOf(ManifestsTests.container(workload).getResources().getLimits().get("memory"));
		assertThat(DataSize.parse(limit.replace("Mi", "MB").replace("Gi", "GB")))
			.isGreaterThanOrEqualTo(DataSize.parse(compose));
	}

	@ParameterizedTest
	@MethodSource("workloads")
	void usersAreThoseOfTheImages(Workload workload) throws IOException {
		Long user = workload.pods().getSpec().getSecurityContext().getRunAsUser();
		if (workload.name().equals("mysql")) {
			assertThat(compose("mysql-1").get("user")).isEqualTo(user + ":" + user);
		}
		else {
			assertThat(Files.readString(ROOT.resolve("Dockerfile"))).contains("USER " + user + ":" + user);
		}
	}

	@ParameterizedTest
	@MethodSource("workloads")
	void environmentIsKnownToCompose(Workload workload) throws IOException {
		Set<String> known = new HashSet<>(
				((Map<?, ?>) Objects.requireNonNull(compose(composeName(workload)).get("environment"))).keySet()
					.stream()
					.map(String::valueOf)
					.toList());
		String scripts = Files.readString(ROOT.resolve("ops/group/assemble"))
				+ Files.readString(ROOT.resolve("ops/mysql/initdb/node.sh"))
				+ ManifestsTests.container(workload).getArgs();
		assertThat(workload.pods().getSpec().getContainers()).flatExtracting(Container::getEnv)
			.extracting(EnvVar::getName)
			.filteredOn((name) -> !known.contains(name) && !name.equals("SPRING_PROFILES_ACTIVE"))
			.allSatisfy((name) -> assertThat(scripts).containsAnyOf("${" + name, "$(" + name + ")"));
	}

	@ParameterizedTest
	@FieldSource("io.tandem.integration.kubernetes.Manifests#WITH_DATABASE")
	void databaseNodesAreStartedAsInCompose(String overlay) throws IOException {
		List<String> arguments = ManifestsTests.container(Manifests.of(overlay).workload("mysql")).getArgs();
		for (int number = 1; number <= 2; number++) {
			String node = "mysql-" + number;
			assertThat(arguments.stream().map((argument) -> argument.replace("$(NODE)", node)).toList())
				.containsAll(strings(Objects.requireNonNull(compose(node).get("command"))));
		}
	}

	@Test
	void portsAreThoseOfTheApplications() throws IOException {
		Properties gateway = properties("gateway/src/main/resources/application.properties");
		assertThat(ports("gateway")).containsExactlyInAnyOrderEntriesOf(Map.of("http", number(gateway, "server.port"),
				"https", 8443, "management", number(gateway, "management.server.port")));
		Map<?, ?> webApp = yaml("web-app/src/main/resources/application.yml");
		assertThat(ports("web-app"))
			.containsExactlyInAnyOrderEntriesOf(Map.of("http", (Integer) value(webApp, "server", "port"), "management",
					(Integer) value(webApp, "management", "server", "port")));
		Properties kubernetes = properties("k8s/base/gateway/application-kubernetes.properties");
		assertThat(number(kubernetes, "tandem.gateway.discovery.port")).isEqualTo(ports("web-app").get("http"));
		assertThat(number(kubernetes, "tandem.gateway.discovery.management-port"))
			.isEqualTo(ports("web-app").get("management"));
		assertThat(ports("mysql")).containsValue(3306);
	}

	/** A property that is spelled wrong changes nothing, without a word. */
	@ParameterizedTest
	@ValueSource(strings = { "ops/gateway.properties", "ops/web-app.properties",
			"k8s/base/gateway/application-kubernetes.properties", "ops/group/application-group.properties",
			"k8s/components/innodb-cluster/application-innodb-cluster.properties" })
	void propertiesAreKnownToTheApplications(String file) throws IOException {
		KnownProperties known = KnownProperties.onClassPath();
		assertThat(properties(file).stringPropertyNames()).isNotEmpty()
			// Only other lines of the file ask for it.
			.filteredOn((name) -> !name.equals("tls"))
			.allSatisfy((name) -> assertThat(known.contains(name)).as(name).isTrue());
	}

	@Test
	void propertiesAreDocumented() throws IOException {
		String known = Files.readString(ROOT.resolve("gateway/README.md"))
				+ Files.readString(ROOT.resolve("db-router/README.md"));
		Set<String> names = new HashSet<>();
		names.addAll(properties("k8s/base/gateway/application-kubernetes.properties").stringPropertyNames());
		names.addAll(properties("ops/group/application-group.properties").stringPropertyNames());
		names.addAll(properties("k8s/components/innodb-cluster/application-innodb-cluster.properties")
			.stringPropertyNames());
		assertThat(names).hasSizeGreaterThan(5)
			.filteredOn((name) -> !name.startsWith("spring."))
			.allSatisfy((name) -> assertThat(known).contains("`" + name.replaceAll("mysql-\\d", "NAME") + "`"));
	}

	/** They are files, which are named like properties. */
	@Test
	void generatedPropertiesAreKnownToTheApplications() {
		KnownProperties known = KnownProperties.onClassPath();
		assertThat(generated()).filteredOn((secret) -> secret.getMetadata().getName().endsWith("-properties"))
			.hasSize(2)
			.flatExtracting((secret) -> secret.getData().keySet())
			.allSatisfy((name) -> assertThat(known.contains(String.valueOf(name))).as("%s", name).isTrue());
	}

	/** Killed before its time is over, an application would break requests. */
	@ParameterizedTest
	@FieldSource("io.tandem.integration.kubernetes.Manifests#OVERLAYS")
	void applicationsHaveTheTimeToEnd(String overlay) throws IOException {
		Properties gateway = properties("gateway/src/main/resources/application.properties");
		Duration phase = duration(gateway.getProperty("spring.lifecycle.timeout-per-shutdown-phase"));
		Workload workload = Manifests.of(overlay).workload("gateway");
		Long preStop = ManifestsTests.container(workload).getLifecycle().getPreStop().getSleep().getSeconds();
		Duration announcement = Duration.ofSeconds(3);
		Duration linger = Duration.ofMillis(500);
		assertThat(grace(workload))
			.isGreaterThan(Duration.ofSeconds(preStop).plus(announcement).plus(linger).plus(phase));
		Map<?, ?> webApp = yaml("web-app/src/main/resources/application.yml");
		Duration each = duration(String.valueOf(value(webApp, "spring", "lifecycle", "timeout-per-shutdown-phase")));
		assertThat(grace(Manifests.of(overlay).workload("web-app")))
			.isGreaterThan(announcement.plus(each.multipliedBy(2)));
		for (Workload workloadOfPair : Manifests.of(overlay).workloads()) {
			assertThat(grace(workloadOfPair)).isGreaterThanOrEqualTo(
					duration(String.valueOf(compose(composeName(workloadOfPair)).get("stop_grace_period"))));
		}
	}

	/**
	 * Also while an update runs: the pods that it adds, and one that has to end and still
	 * has its connections.
	 */
	@ParameterizedTest
	@FieldSource("io.tandem.integration.kubernetes.Manifests#OVERLAYS")
	void databaseHasConnectionsForAllPods(String overlay) throws IOException {
		Manifests manifests = Manifests.of(overlay);
		Map<?, ?> webApp = yaml("web-app/src/main/resources/application.yml");
		int pool = (Integer) value(webApp, "db-router", "pool", "maximum-size");
		DeploymentSpec deployment = manifests.one(Deployment.class, "web-app").getSpec();
		int most = manifests.of(HorizontalPodAutoscaler.class)
			.stream()
			.filter((autoscaler) -> autoscaler.getMetadata().getName().equals("web-app"))
			.map((autoscaler) -> autoscaler.getSpec().getMaxReplicas())
			.findFirst()
			.orElseGet(deployment::getReplicas);
		int surge = deployment.getStrategy().getRollingUpdate().getMaxSurge().getIntVal();
		String settings = Manifests.WITH_DATABASE.contains(overlay)
				? Files.readString(ROOT.resolve("ops/mysql/tandem.cnf")) : InnoDbCluster.read().spec().mycnf();
		assertThat(pool * (most + surge + 1)).as("connections of web-apps")
			.isLessThanOrEqualTo(connections(settings) - RESERVE);
	}

	/** MySQL's own number where the settings name none. */
	private static int connections(String settings) {
		return Pattern.compile("(?m)^max_connections = (\\d+)$")
			.matcher(settings)
			.results()
			.map((found) -> Integer.parseInt(found.group(1)))
			.findFirst()
			.orElse(151);
	}

	/** Also that the generator, which compose has too, makes what pods ask for. */
	@Test
	void generatedSecretsAreThosePodsMount() {
		Map<String, Set<String>> keys = generated().stream()
			.collect(Collectors.toMap((secret) -> secret.getMetadata().getName(),
					(secret) -> secret.getData().keySet()));
		assertThat(workloads().flatMap((workload) -> workload.pods().getSpec().getVolumes().stream())
			.filter((volume) -> volume.getSecret() != null)
			.map((volume) -> volume.getSecret().getSecretName())
			.collect(Collectors.toSet())).isEqualTo(keys.keySet());
		assertThat(keys.get("mysql-accounts")).containsExactlyInAnyOrder("root", "application", "owner", "monitor",
				"replication", "admin");
		assertThat(keys.get("mysql-tls")).contains("ca.pem", "mysql-1.pem", "mysql-1.key", "mysql-2.pem", "mysql-2.key",
				"mysql-3.pem", "mysql-3.key");
		assertThat(keys.get("web-app-properties")).contains("db-router.password", "db-router.monitor.password",
				"db-router.migration.password", "db-router.consistency.token.secret");
		assertThat(keys.get("web-app-tls")).containsExactly("mysql.p12");
		assertThat(keys.get("gateway-properties")).containsExactly("tandem.gateway.admin.password");
		assertThat(keys.get("gateway-tls")).containsExactlyInAnyOrder("tls.crt", "tls.key");
	}

	private static List<Secret> generated() {
		return Manifests
			.parse(Kubectl.run(List.of("k8s/secrets", "--print"), Map.of("KUBECTL", Kubectl.program().toString())))
			.of(Secret.class);
	}

	@Test
	void everyOverlayIsTested() throws IOException {
		try (Stream<Path> overlays = Files.list(ROOT.resolve("k8s/overlays"))) {
			assertThat(overlays.map((overlay) -> overlay.getFileName().toString()))
				.containsExactlyInAnyOrderElementsOf(Manifests.OVERLAYS);
		}
		assertThat(Manifests.of("local").all()).extracting(HasMetadata::getKind).contains("NetworkPolicy");
	}

	private static String composeName(Workload workload) {
		return workload.name() + "-1";
	}

	private static Map<?, ?> compose(String service) throws IOException {
		return (Map<?, ?>) Objects.requireNonNull(
				((Map<?, ?>) Objects.requireNonNull(yaml("docker-compose.yml").get("services"))).get(service));
	}

	private static Map<?, ?> yaml(String file) throws IOException {
		try (Reader reader = Files.newBufferedReader(ROOT.resolve(file))) {
			return new Yaml(new SafeConstructor(new LoaderOptions())).load(reader);
		}
	}

	private static Object value(Map<?, ?> map, String... path) {
		Object value = map;
		for (String key : path) {
			value = Objects.requireNonNull(((Map<?, ?>) value).get(key), key);
		}
		return value;
	}

	private static Map<String, Integer> ports(String workload) {
		Map<String, Integer> ports = new HashMap<>();
		for (ContainerPort port : ManifestsTests.container(Manifests.of("local").workload(workload)).getPorts()) {
			ports.put(port.getName(), port.getContainerPort());
		}
		return ports;
	}

	private static int number(Properties properties, String name) {
		return Integer.parseInt(properties.getProperty(name));
	}

	private static Properties properties(String file) throws IOException {
		Properties properties = new Properties();
		try (Reader reader = Files.newBufferedReader(ROOT.resolve(file))) {
			properties.load(reader);
		}
		return properties;
	}

	private static List<String> strings(Object list) {
		return ((List<?>) list).stream().map(String::valueOf).toList();
	}

	private static Duration grace(Workload workload) {
		return Duration.ofSeconds(workload.pods().getSpec().getTerminationGracePeriodSeconds());
	}

	private static Duration duration(String text) {
		return DurationStyle.detectAndParse(text);
	}

}
