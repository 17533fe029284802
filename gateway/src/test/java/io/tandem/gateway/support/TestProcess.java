package io.tandem.gateway.support;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.tandem.gateway.GatewayApplication;

/**
 * A gateway or an instance in a process of its own, to be killed and stopped for real.
 */
public final class TestProcess implements AutoCloseable {

	private final Process process;

	private final Path log;

	private TestProcess(Process process, Path log) {
		this.process = process;
		this.log = log;
	}

	public static TestProcess instance(TestInstance absent, String... more) {
		List<String> arguments = new ArrayList<>(
				List.of(absent.id(), String.valueOf(absent.port()), String.valueOf(absent.managementPort())));
		arguments.addAll(List.of(more));
		return java(TestInstance.class, List.of("-Xmx32m"), arguments);
	}

	/** Runs a gateway with these arguments. */
	public static TestProcess gateway(List<String> arguments) {
		return java(GatewayApplication.class, List.of("-Xmx64m"), arguments);
	}

	/** Runs a main class with the class path of the tests. */
	public static TestProcess java(Class<?> main, List<String> options, List<String> arguments) {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto",
				"--enable-native-access=ALL-UNNAMED"));
		command.addAll((main == GatewayApplication.class) ? classesOfGateway()
				: List.of("-cp", System.getProperty("java.class.path")));
		command.addAll(options);
		command.add(main.getName());
		command.addAll(arguments);
		try {
			Path log = Files.createTempFile("gateway-test", ".log");
			File file = log.toFile();
			file.deleteOnExit();
			return new TestProcess(new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(file).start(),
					log);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * In a build with Maven a gateway starts in half of the time: the first one that ends
	 * leaves its classes to the next. The JVM does that for jars only.
	 */
	private static List<String> classesOfGateway() {
		Path classes = Path.of("target", "classes").toAbsolutePath();
		String jar = System.getProperty("packaged.jar");
		if (jar == null) {
			return List.of("-cp", System.getProperty("java.class.path"));
		}
		String path = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
			.map((entry) -> entry.equals(classes.toString()) ? jar : entry)
			.filter((entry) -> entry.endsWith(".jar"))
			.collect(Collectors.joining(File.pathSeparator));
		return List.of("-XX:+AutoCreateSharedArchive", "-XX:SharedArchiveFile=target/gateway-tests.jsa",
				"-Xlog:cds*=off", "-Xlog:aot*=off", "-cp", path);
	}

	/** SIGKILL: the process ends without a word. */
	public void kill() {
		process.destroyForcibly();
		process.onExit().join();
	}

	/** SIGTERM. */
	public void terminate() {
		process.destroy();
	}

	/** SIGSTOP: the process does nothing, but its sockets stay open. */
	public void suspend() {
		signal("-STOP");
	}

	/** SIGCONT. */
	public void resume() {
		signal("-CONT");
	}

	private void signal(String signal) {
		try {
			new ProcessBuilder("kill", signal, String.valueOf(process.pid())).start().onExit().join();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public long pid() {
		return process.pid();
	}

	public boolean isAlive() {
		return process.isAlive();
	}

	/** Waits for the end of the process. */
	public int exitCode() throws InterruptedException {
		if (!process.waitFor(60, TimeUnit.SECONDS)) {
			throw new IllegalStateException("Still running: " + output());
		}
		return process.exitValue();
	}

	public String output() {
		try {
			return Files.readString(log);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		kill();
	}

}
