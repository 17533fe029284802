package io.tandem.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

import io.tandem.cluster.process.FreePorts;
import io.tandem.cluster.process.NodeException;

/**
 * Makes sure before anything is started that nobody else listens on a port.
 */
final class PortCheck {

	private PortCheck() {
	}

	static void requireFree(Collection<Ports.Purpose> purposes, Ports ports) {
		for (Ports.Purpose purpose : purposes) {
			int port = ports.of(purpose);
			if (!FreePorts.isFree(port)) {
				throw new NodeException(purpose.user(),
						"port " + port + " is in use" + holder(port).map((who) -> " by " + who).orElse("")
								+ ". End that program, or choose another port with " + purpose.variable() + ".",
						null, null);
			}
		}
	}

	/**
	 * Looks up who listens on a port.
	 * @param port the port
	 * @return the process as people know it; empty if the system does not tell
	 */
	static Optional<String> holder(int port) {
		return Stream.of("/proc/net/tcp", "/proc/net/tcp6")
			.flatMap((table) -> lines(Path.of(table)).stream())
			.map(PortCheck::split)
			.filter((fields) -> fields.size() > 9 && fields.get(3).equals("0A")
					&& fields.get(1).endsWith(":" + String.format(Locale.ROOT, "%04X", port)))
			.map((fields) -> "socket:[" + fields.get(9) + "]")
			.flatMap((socket) -> ProcessHandle.allProcesses().filter((process) -> holds(process, socket)))
			.findFirst()
			.map((process) -> "process " + process.pid() + " ("
					+ process.info().command().map((command) -> Path.of(command).getFileName().toString()).orElse("?")
					+ ")");
	}

	private static List<String> split(String line) {
		return List.of(line.strip().split("\\s+", -1));
	}

	private static List<String> lines(Path file) {
		try {
			return Files.readAllLines(file);
		}
		catch (IOException ex) {
			return List.of();
		}
	}

	private static boolean holds(ProcessHandle process, String socket) {
		try (Stream<Path> descriptors = Files.list(Path.of("/proc/" + process.pid() + "/fd"))) {
			return descriptors.anyMatch((descriptor) -> {
				try {
					return Files.readSymbolicLink(descriptor).toString().equals(socket);
				}
				catch (IOException ex) {
					return false;
				}
			});
		}
		catch (IOException ex) {
			return false;
		}
	}

}
