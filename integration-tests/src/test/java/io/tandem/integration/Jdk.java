package io.tandem.integration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * A JDK of this machine.
 *
 * @param home its directory
 * @param feature its feature version, such as 17
 */
record Jdk(Path home, int feature) {

	private static final Path PLACE = Path.of("/usr/lib/jvm");

	/**
	 * Finds JDKs where Linux distributions have them, and the one of this JVM. One that
	 * is missing is said loudly, and an error where {@code CI=true}.
	 * @param features the feature versions wanted
	 * @return the JDKs found, in that order
	 */
	static List<Jdk> find(int... features) throws IOException {
		List<Jdk> found = new ArrayList<>();
		for (int feature : features) {
			Optional<Jdk> jdk = installed().filter((each) -> each.feature() == feature).findFirst();
			if (jdk.isEmpty()) {
				String missing = "TESTS ON JAVA %d DID NOT RUN: there is no such JDK in %s (Debian: openjdk-%d-jdk-headless)"
					.formatted(feature, PLACE, feature);
				if ("true".equals(System.getenv("CI"))) {
					throw new IllegalStateException(missing);
				}
				System.err.println(missing);
			}
			jdk.ifPresent(found::add);
		}
		return found;
	}

	private static Stream<Jdk> installed() throws IOException {
		List<Path> homes = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"))));
		if (Files.isDirectory(PLACE)) {
			try (Stream<Path> entries = Files.list(PLACE)) {
				entries.filter((home) -> Files.isExecutable(home.resolve("bin/javac"))).forEach(homes::add);
			}
		}
		return homes.stream().map((home) -> new Jdk(home, feature(home)));
	}

	private static int feature(Path home) {
		Path release = home.resolve("release");
		if (!Files.isReadable(release)) {
			return 0;
		}
		Properties properties = new Properties();
		try (var reader = Files.newBufferedReader(release)) {
			properties.load(reader);
		}
		catch (IOException ex) {
			return 0;
		}
		String version = Objects.requireNonNullElse(properties.getProperty("JAVA_VERSION"), "").replace("\"", "");
		return version.isEmpty() ? 0 : Runtime.Version.parse(version).feature();
	}

	Path java() {
		return this.home.resolve("bin/java");
	}

	@Override
	public String toString() {
		return "Java " + this.feature;
	}

}
