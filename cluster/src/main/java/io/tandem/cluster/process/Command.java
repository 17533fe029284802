package io.tandem.cluster.process;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Short-lived commands: run to their end, with a limit on their time. None outlives this
 * JVM.
 */
public final class Command {

	private Command() {
	}

	/**
	 * What a command left behind.
	 *
	 * @param exitCode its exit code
	 * @param output its standard output and standard error
	 */
	public record Result(int exitCode, String output) {

		public boolean successful() {
			return this.exitCode == 0;
		}

	}

	/**
	 * Runs a command to its end.
	 * @param atMost after this time the command is killed
	 * @param command the command and its arguments
	 * @return its exit code and output
	 * @throws IOException if it cannot be started or does not end in time
	 */
	public static Result run(Duration atMost, List<String> command) throws IOException {
		Path output = Files.createTempFile("tandem", ".out");
		try {
			ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
				.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
				.redirectOutput(output.toFile());
			builder.environment().putAll(Map.of("LC_ALL", "C.UTF-8", "DEBIAN_FRONTEND", "noninteractive"));
			Process process = builder.start();
			// Not even when this JVM is told to end while it waits.
			Thread lastResort = new Thread(() -> end(process), "command-last-resort");
			remember(lastResort);
			try {
				if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
					throw new IOException(
							"'" + String.join(" ", command) + "' did not end within " + atMost.toSeconds() + " s");
				}
			}
			finally {
				end(process);
				forget(lastResort);
			}
			return new Result(process.exitValue(), Files.readString(output, Charset.defaultCharset()).strip());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException("interrupted while running " + command.getFirst(), ex);
		}
		finally {
			Files.deleteIfExists(output);
		}
	}

	private static void end(Process process) {
		process.descendants().forEach(ProcessHandle::destroyForcibly);
		process.destroyForcibly();
	}

	private static void remember(Thread lastResort) {
		try {
			Runtime.getRuntime().addShutdownHook(lastResort);
		}
		catch (IllegalStateException ex) {
			// The JVM is shutting down, and this command is part of that.
		}
	}

	private static void forget(Thread lastResort) {
		try {
			Runtime.getRuntime().removeShutdownHook(lastResort);
		}
		catch (IllegalStateException ex) {
			// The JVM is shutting down: the hook finds nothing to end.
		}
	}

	/**
	 * Finds a program.
	 * @param name a program's name
	 * @return where it is on the PATH or in the system's directories for administrators
	 */
	public static Optional<Path> find(String name) {
		String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
		return Stream.concat(Stream.of(path.split(":")), Stream.of("/usr/sbin", "/sbin", "/usr/local/sbin"))
			.filter((directory) -> !directory.isBlank())
			.map((directory) -> Path.of(directory).resolve(name))
			.filter((file) -> Files.isRegularFile(file) && Files.isExecutable(file))
			.findFirst();
	}

}
