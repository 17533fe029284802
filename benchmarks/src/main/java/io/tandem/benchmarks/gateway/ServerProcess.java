package io.tandem.benchmarks.gateway;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * A proxy or backend that is running, and what Linux says of it.
 */
final class ServerProcess implements AutoCloseable {

	private static final Duration STARTS_WITHIN = Duration.ofSeconds(60);

	private final Process process;

	private final int port;

	private final Duration start;

	private ServerProcess(Process process, int port, Duration start) {
		this.process = process;
		this.port = port;
		this.start = start;
	}

	/**
	 * Starts a server.
	 * @param cpus those that it may use, as taskset(1) wants them; null for all
	 * @param port where it answers a request when it is ready
	 */
	static ServerProcess start(List<String> command, @Nullable String cpus, int port, Path log)
			throws IOException, InterruptedException {
		List<String> confined = new ArrayList<>((cpus != null) ? List.of("taskset", "-c", cpus) : List.of());
		confined.addAll(command);
		long begin = System.nanoTime();
		Process process = new ProcessBuilder(confined).redirectErrorStream(true).redirectOutput(log.toFile()).start();
		Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
		while (!answers(port)) {
			if (!process.isAlive() || System.nanoTime() - begin > STARTS_WITHIN.toNanos()) {
				process.destroyForcibly();
				throw new IOException(String.join(" ", confined) + " does not start: " + Files.readString(log));
			}
			TimeUnit.MILLISECONDS.sleep(5);
		}
		return new ServerProcess(process, port, Duration.ofNanos(System.nanoTime() - begin));
	}

	private static boolean answers(int port) {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
			socket.setSoTimeout(5000);
			socket.getOutputStream()
				.write("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
					.getBytes(StandardCharsets.US_ASCII));
			byte[] status = socket.getInputStream().readNBytes("HTTP/1.1 200".length());
			return new String(status, StandardCharsets.US_ASCII).equals("HTTP/1.1 200");
		}
		catch (IOException ex) {
			return false;
		}
	}

	int port() {
		return this.port;
	}

	/** From the start of the process to its first answer from a backend. */
	Duration start() {
		return this.start;
	}

	/** User and system time since the start. */
	long cpuMicros() throws IOException {
		return ProcStat.cpuMicros(Files.readString(proc("stat")));
	}

	double residentMegabytes() throws IOException {
		return ProcStat.residentMegabytes(Files.readString(proc("status")));
	}

	private Path proc(String file) {
		return Path.of("/proc", String.valueOf(this.process.pid()), file);
	}

	@Override
	public void close() {
		this.process.destroyForcibly();
		this.process.onExit().join();
	}

}
