package io.tandem.integration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.tandem.cluster.mysql.Account;
import io.tandem.cluster.mysql.MySqlNode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Applications outside of this repository, which know db-router's coordinates and its
 * README, built by Maven and run on Java 17, Spring Boot's baseline, and on ours.
 */
@ExtendWith(SharedCluster.class)
class OutsideApplicationIntegrationTests {

	private static final Path CHECKOUT = Path.of("..").toAbsolutePath().normalize();

	@TempDir
	private static Path directory = Path.of("");

	@BeforeAll
	static void publishStarter() throws IOException {
		Path repository = directory.resolve("repository/io/tandem");
		publish(CHECKOUT.resolve("pom.xml"), repository.resolve("tandem/0.1.0/tandem-0.1.0.pom"));
		publish(CHECKOUT.resolve("db-router/pom.xml"), repository.resolve("db-router/0.1.0/db-router-0.1.0.pom"));
		publish(CHECKOUT.resolve("db-router/target/db-router-0.1.0.jar"),
				repository.resolve("db-router/0.1.0/db-router-0.1.0.jar"));
	}

	private static void publish(Path file, Path target) throws IOException {
		Files.createDirectories(target.getParent());
		Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
	}

	static Stream<String> applications() {
		return Stream.of("jdbc-client", "jpa");
	}

	@ParameterizedTest
	@MethodSource("applications")
	void readsFromReplicaAndWritesToPrimaryOnJava17AndOn25(String name, TestCluster cluster) throws Exception {
		List<Jdk> jdks = Jdk.find(17, 25);
		Path shop = build(name, jdks.getFirst(), cluster);
		MySqlNode primary = cluster.processes().mysql().primary();
		MySqlNode replica = cluster.processes().mysql().replicas().getFirst();
		for (Jdk jdk : jdks) {
			cluster.execute(primary.name(), "DROP TABLE IF EXISTS tandem.product");
			cluster.execute(primary.name(),
					"CREATE TABLE tandem.product (id BIGINT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(50) NOT NULL)");
			cluster.awaitReplicaCaughtUp();
			List<String> output = run(jdk.java(), shop);
			assertThat(output).as(name + " on " + jdk)
				.contains("write on " + primary.port(), "read on " + replica.port(), "written 2");
		}
		cluster.execute(primary.name(), "DROP TABLE tandem.product");
	}

	private static Path build(String name, Jdk jdk, TestCluster cluster) throws IOException, InterruptedException {
		Path project = directory.resolve(name);
		copy(Path.of("src/outside").resolve(name), project);
		Path resources = Files.createDirectories(project.resolve("src/main/resources"));
		Files.writeString(resources.resolve("application.properties"), properties(cluster));
		run(project, jdk, List.of(CHECKOUT.resolve("mvnw").toString(), "-B", "-ntp", "-q", "-f",
				project.resolve("pom.xml").toString(), "-Dmaven.repo.local=" + directory.resolve("repository"),
				"-Dmaven.repo.local.tail=" + usual(), "-Dmaven.repo.local.tail.ignoreAvailability=true", "package"));
		return project.resolve("target/shop.jar");
	}

	private static String usual() {
		return System.getProperty("maven.repo.local", System.getProperty("user.home") + "/.m2/repository");
	}

	private static String properties(TestCluster cluster) {
		Account application = cluster.processes().mysql().accounts().application();
		Account monitor = cluster.processes().mysql().accounts().monitor();
		return """
				db-router.username=%s
				db-router.password=%s
				db-router.monitor.username=%s
				db-router.monitor.password=%s
				db-router.nodes.mysql-1.url=%s
				db-router.nodes.mysql-2.url=%s
				""".formatted(application.user(), application.password(), monitor.user(), monitor.password(),
				cluster.processes().mysql().node("mysql-1").jdbcUrl(),
				cluster.processes().mysql().node("mysql-2").jdbcUrl());
	}

	private static List<String> run(Path java, Path jar) throws IOException, InterruptedException {
		return run(directory, null, List.of(java.toString(), "-jar", jar.toString()));
	}

	private static List<String> run(Path directory, @Nullable Jdk jdk, List<String> command)
			throws IOException, InterruptedException {
		Path output = Files.createTempFile(directory, "run", ".txt");
		ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(command)).directory(directory.toFile())
			.redirectErrorStream(true)
			.redirectOutput(output.toFile());
		if (jdk != null) {
			builder.environment().put("JAVA_HOME", jdk.home().toString());
		}
		Process process = builder.start();
		try {
			assertThat(process.waitFor(3, TimeUnit.MINUTES)).as("'%s' ends", command).isTrue();
		}
		finally {
			process.destroyForcibly();
		}
		List<String> lines = Files.readAllLines(output);
		assertThat(process.exitValue()).as(() -> String.join("\n", lines)).isZero();
		return lines;
	}

	private static void copy(Path from, Path to) throws IOException {
		try (Stream<Path> files = Files.walk(from)) {
			for (Path file : files.filter(Files::isRegularFile).toList()) {
				Path target = to.resolve(from.relativize(file).toString());
				Files.createDirectories(target.getParent());
				Files.copy(file, target);
			}
		}
	}

}
