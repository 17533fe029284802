package io.tandem.cluster.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;

/**
 * The process of one node, known by its pid file. It lives in a session of its own, so
 * that neither the end of the JVM that started it nor Ctrl+C in its terminal reaches it.
 */
public final class NodeProcess {

	private static final Duration POLL = Duration.ofMillis(20);

	private final String node;

	private final Path pidFile;

	/**
	 * Knows the process of a node.
	 * @param node the node's name, for messages
	 * @param pidFile where the process is recorded
	 */
	public NodeProcess(String node, Path pidFile) {
		this.node = node;
		this.pidFile = pidFile;
	}

	/**
	 * Starts the process and records it.
	 * @param command the command and its arguments
	 * @param directory its working directory
	 * @param environment environment variables added to this JVM's own
	 * @param log the file that gets its output, appended
	 */
	public void launch(List<String> command, Path directory, Map<String, String> environment, Path log) {
		List<String> whole = new ArrayList<>();
		Command.find("setsid").ifPresent((setsid) -> whole.add(setsid.toString()));
		whole.addAll(command);
		try {
			ProcessBuilder builder = new ProcessBuilder(whole).directory(directory.toFile())
				.redirectErrorStream(true)
				.redirectInput(Path.of("/dev/null").toFile())
				.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
			builder.environment().putAll(environment);
			Process process = builder.start();
			Optional<ProcessStamp> stamp = ProcessStamp.of(process.pid());
			if (stamp.isPresent()) {
				stamp.get().write(this.pidFile);
			}
		}
		catch (IOException ex) {
			throw new NodeException(this.node, "cannot be started: " + ex.getMessage(), null, ex);
		}
	}

	/**
	 * Looks for the process.
	 * @return the process that is alive, empty if there is none or the pid file is stale
	 */
	public Optional<ProcessStamp> alive() {
		return ProcessStamp.read(this.pidFile).filter(ProcessStamp::isAlive);
	}

	public boolean isAlive() {
		return alive().isPresent();
	}

	/**
	 * Measures the process.
	 * @return its resident memory in bytes, shared pages counted in; empty if it is not
	 * running or this system does not tell
	 */
	public OptionalLong residentBytes() {
		return alive().map((stamp) -> ResidentMemory.of(stamp.pid())).orElse(OptionalLong.empty());
	}

	/**
	 * Asks the process to end and waits; kills it if it takes too long.
	 * @param atMost how long it may take on its own
	 */
	public void stop(Duration atMost) {
		// A suspended process would hear of SIGTERM only after SIGCONT.
		signal("CONT");
		signal("TERM");
		if (!awaitEnd(atMost)) {
			kill();
		}
		forget();
	}

	/** SIGKILL, and waits until the process is gone. */
	public void kill() {
		signal("KILL");
		if (!awaitEnd(Duration.ofSeconds(10))) {
			throw new NodeException(this.node, "did not end 10 s after SIGKILL", null, null);
		}
		forget();
	}

	/** SIGSTOP, and waits until the process stands still. It keeps its connections. */
	public void suspend() {
		signal("STOP");
		// The signal is only sent by then: busy threads of the process may go on for a
		// while.
		if (!await(() -> alive().map(ProcessStamp::isStopped).orElse(true), Duration.ofSeconds(10))) {
			throw new NodeException(this.node, "did not stand still 10 s after SIGSTOP", null, null);
		}
	}

	/** SIGCONT: the process goes on. */
	public void resume() {
		signal("CONT");
	}

	private void signal(String name) {
		alive().ifPresent((stamp) -> {
			try {
				Command.Result result = Command.run(Duration.ofSeconds(10),
						List.of("kill", "-" + name, Long.toString(stamp.pid())));
				if (!result.successful() && stamp.isAlive()) {
					throw new NodeException(this.node,
							"SIG" + name + " could not be sent to process " + stamp.pid() + ": " + result.output(),
							null, null);
				}
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		});
	}

	private boolean awaitEnd(Duration atMost) {
		return await(() -> !isAlive(), atMost);
	}

	private static boolean await(BooleanSupplier condition, Duration atMost) {
		long deadline = System.nanoTime() + atMost.toNanos();
		while (!condition.getAsBoolean()) {
			if (System.nanoTime() > deadline) {
				return false;
			}
			pause(POLL);
		}
		return true;
	}

	private void forget() {
		try {
			Files.deleteIfExists(this.pidFile);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Waits between two looks at something that another process changes.
	 * @param time how long
	 */
	public static void pause(Duration time) {
		try {
			Thread.sleep(time);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("interrupted", ex);
		}
	}

}
