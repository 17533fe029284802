package io.tandem.cluster;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

import io.tandem.cluster.process.Command;
import io.tandem.cluster.process.PrivateFiles;

/**
 * A runnable jar, unpacked once for each build, with an ahead-of-time cache of its
 * classes that spares each start the loading and linking.
 */
final class ApplicationJar {

	private static final Duration TRAINED_WITHIN = Duration.ofMinutes(4);

	private final Node.Kind kind;

	private final Path jar;

	private final Path home;

	private ApplicationJar(Node.Kind kind, Path jar, Path home) {
		this.kind = kind;
		this.jar = jar;
		this.home = home;
	}

	static String module(Node.Kind kind) {
		return (kind == Node.Kind.GATEWAY) ? "gateway" : "web-app";
	}

	/**
	 * Looks at the jar that the build made.
	 * @param kind which application
	 * @param checkout the directory with the modules
	 * @param applications where jars are unpacked
	 * @return the application
	 * @throws IOException if it has not been built
	 */
	static ApplicationJar of(Node.Kind kind, Path checkout, Path applications) throws IOException {
		Path target = checkout.resolve(module(kind)).resolve("target");
		if (Files.isDirectory(target)) {
			try (DirectoryStream<Path> jars = Files.newDirectoryStream(target, module(kind) + "-*-exec.jar")) {
				for (Path jar : jars) {
					return new ApplicationJar(kind, jar,
							applications.resolve(module(kind) + "-" + fingerprint(kind, jar)));
				}
			}
		}
		throw new IOException(module(kind) + " is not built: there is no " + target + "/" + module(kind)
				+ "-*-exec.jar. Build it with: ./mvnw -DskipTests package");
	}

	private static String fingerprint(Node.Kind kind, Path jar) throws IOException {
		try {
			MessageDigest digest = MessageDigest.getInstance("SHA-256");
			digest.update(Files.readAllBytes(jar));
			digest.update((Runtime.version() + String.join(" ", options(kind)))
				.getBytes(java.nio.charset.StandardCharsets.UTF_8));
			return HexFormat.of().formatHex(digest.digest(), 0, 8);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Unpacks the jar unless that was done before.
	 * @throws IOException if it cannot be unpacked
	 */
	void unpack() throws IOException {
		if (Files.isDirectory(this.home)) {
			return;
		}
		Path unfinished = this.home.resolveSibling(module(this.kind) + ".new");
		PrivateFiles.delete(unfinished);
		PrivateFiles.directory(this.home.resolveSibling(""));
		// An application jar loads nothing from a jar of the same name in another
		// directory, so the older ones can go: a running one has its files open.
		try (DirectoryStream<Path> older = Files.newDirectoryStream(this.home.resolveSibling(""),
				module(this.kind) + "-*")) {
			for (Path each : older) {
				PrivateFiles.delete(each);
			}
		}
		Command.Result result = Command.run(Duration.ofMinutes(1), List.of(java(), "-Djarmode=tools", "-jar",
				this.jar.toString(), "extract", "--destination", unfinished.toString()));
		if (!result.successful()) {
			throw new IOException(this.jar + " cannot be unpacked: " + result.output());
		}
		Files.move(unfinished, this.home, StandardCopyOption.ATOMIC_MOVE);
	}

	boolean isTrained() {
		return Files.exists(cache()) || Files.exists(this.home.resolve("untrained"));
	}

	/**
	 * Lets the application run once and keeps what the JVM learned: the web-app up to the
	 * point where it would need its database, the gateway until it has served requests of
	 * its own. Failing is allowed: starts are slower then.
	 * @param arguments the web-app's arguments; the gateway has its own
	 * @return whether there is a cache now
	 * @throws IOException if a file cannot be written
	 */
	boolean train(List<String> arguments) throws IOException {
		Path unfinished = this.home.resolve("classes.new");
		List<String> command = new ArrayList<>(List.of("env", "JDK_AOT_VM_OPTIONS=-Xmx512m", java()));
		command.addAll(options(this.kind));
		command.add("-XX:AOTCacheOutput=" + unfinished);
		if (this.kind == Node.Kind.GATEWAY) {
			command.addAll(List.of("-jar", runnable().toString(), "train"));
		}
		else {
			command.addAll(List.of("-Dspring.context.exit=onRefresh", "-jar", runnable().toString()));
			command.addAll(arguments);
		}
		String outcome;
		try {
			Command.Result result = Command.run(TRAINED_WITHIN, command);
			if (result.successful() && Files.exists(unfinished)) {
				Files.move(unfinished, cache(), StandardCopyOption.ATOMIC_MOVE);
				return true;
			}
			outcome = result.output();
		}
		catch (IOException ex) {
			outcome = String.valueOf(ex.getMessage());
		}
		Files.deleteIfExists(unfinished);
		Files.writeString(this.home.resolve("untrained"), outcome);
		return false;
	}

	/** The command that starts the application, without its arguments. */
	List<String> command(Path temporary) {
		List<String> command = new ArrayList<>(List.of(java()));
		command.addAll(options(this.kind));
		if (Files.exists(cache())) {
			command.add("-XX:AOTCache=" + cache());
		}
		command.add("-Djava.io.tmpdir=" + temporary);
		command.addAll(List.of("-jar", runnable().toString()));
		return command;
	}

	private Path runnable() {
		return this.home.resolve(Optional.ofNullable(this.jar.getFileName()).orElseThrow());
	}

	private Path cache() {
		return this.home.resolve("classes.aot");
	}

	private static String java() {
		return Path.of(System.getProperty("java.home"), "bin", "java").toString();
	}

	/**
	 * For six nodes on one small machine. The second compiler stays off: while it warms
	 * up, it takes the processors from the requests.
	 */
	private static List<String> options(Node.Kind kind) {
		List<String> options = new ArrayList<>(List.of("-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders", "-Xss512k",
				"-XX:ReservedCodeCacheSize=64m", "-XX:TieredStopAtLevel=1", "-XX:+ExitOnOutOfMemoryError",
				"--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow",
				// JDK 25 warns of cached adapters it cannot use, and makes new ones.
				"-Xlog:aot*=error", "-Dspring.output.ansi.enabled=never"));
		options.addAll((kind == Node.Kind.GATEWAY) ? List.of("-Xmx96m", "-XX:MaxDirectMemorySize=64m")
				: List.of("-Xmx192m", "-XX:MaxDirectMemorySize=32m"));
		return options;
	}

}
