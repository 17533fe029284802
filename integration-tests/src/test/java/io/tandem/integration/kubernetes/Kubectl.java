package io.tandem.integration.kubernetes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assumptions.abort;

/**
 * The kubectl of this machine: {@code KUBECTL}, on the PATH, or where {@code .ci/kubectl}
 * puts it. Without one, tests say so loudly; with {@code CI=true} they fail.
 */
final class Kubectl {

	static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

	private static final Optional<Path> PROGRAM = find();

	private Kubectl() {
	}

	private static Optional<Path> find() {
		Map<String, String> environment = System.getenv();
		String cache = environment.getOrDefault("XDG_CACHE_HOME", System.getProperty("user.home") + "/.cache");
		Stream<Path> onPath = Stream.of(environment.getOrDefault("PATH", "").split(":", -1))
			.map((directory) -> Path.of(directory, "kubectl"));
		return Stream
			.of(Stream.ofNullable(environment.get("KUBECTL")).map(Path::of), onPath,
					Stream.of(Path.of(cache, "tandem/kubectl/usr/bin/kubectl")))
			.flatMap((paths) -> paths)
			.filter(Files::isExecutable)
			.findFirst();
	}

	static Path program() {
		return PROGRAM.orElseGet(() -> {
			String message = "KUBERNETES TESTS DID NOT RUN: there is no kubectl. Install one, name one in KUBECTL, or run"
					+ " .ci/kubectl, which fetches Debian's";
			if ("true".equals(System.getenv("CI"))) {
				throw new IllegalStateException(message);
			}
			System.err.println(message);
			return abort(message);
		});
	}

	/** Builds an overlay as {@code kubectl apply -k} would. */
	static String kustomize(Path directory) {
		return run(List.of(program().toString(), "kustomize", directory.toString()), Map.of());
	}

	static String run(List<String> command, Map<String, String> environment) {
		try {
			Path output = Files.createTempFile("kubernetes-test", ".txt");
			Path errors = Files.createTempFile("kubernetes-test", ".txt");
			try {
				ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(command)).directory(ROOT.toFile())
					.redirectInput(Path.of("/dev/null").toFile())
					.redirectOutput(output.toFile())
					.redirectError(errors.toFile());
				builder.environment().putAll(environment);
				Process process = builder.start();
				if (!process.waitFor(120, TimeUnit.SECONDS) || process.exitValue() != 0) {
					process.destroyForcibly();
					throw new IllegalStateException(String.join(" ", command) + ": " + Files.readString(errors));
				}
				return Files.readString(output);
			}
			finally {
				Files.delete(output);
				Files.delete(errors);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

}
