package io.tandem.cluster.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One particular process: its id and when it started, so that another process that was
 * later given the same id is never taken for it.
 *
 * @param pid the process id
 * @param start the start as the operating system counts it: opaque, only compared
 */
public record ProcessStamp(long pid, String start) {

	/**
	 * Looks a process up.
	 * @param pid a process id
	 * @return the stamp of the process that has this id now; empty if there is none, or
	 * if it is dead and only not yet collected by its parent
	 */
	public static Optional<ProcessStamp> of(long pid) {
		Path stat = Path.of("/proc/" + pid + "/stat");
		if (Files.isDirectory(Path.of("/proc/self"))) {
			return fromProc(pid, stat);
		}
		return ProcessHandle.of(pid)
			.filter(ProcessHandle::isAlive)
			.flatMap((handle) -> handle.info().startInstant())
			.map((instant) -> new ProcessStamp(pid, instant.toString()));
	}

	// Not ProcessHandle: its start instant moves with the wall clock, and it takes a
	// zombie for alive.
	private static Optional<ProcessStamp> fromProc(long pid, Path stat) {
		try {
			String line = Files.readString(stat);
			String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
			String state = fields[0];
			if ((state.equals("Z") || state.equals("X")) && !hasOtherThreads(fields)) {
				return Optional.empty();
			}
			String boot = Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
			return Optional.of(new ProcessStamp(pid, fields[19] + "@" + boot));
		}
		catch (IOException ex) {
			return Optional.empty();
		}
	}

	/** Those end after the first one, and until then the process has its ports. */
	private static boolean hasOtherThreads(String[] fields) {
		return Integer.parseInt(fields[17]) > 1;
	}

	public boolean isAlive() {
		return of(this.pid).filter(this::equals).isPresent();
	}

	/**
	 * Whether all threads of the process stand still after a SIGSTOP. A system that does
	 * not tell is believed to have done it.
	 */
	boolean isStopped() {
		try (Stream<Path> threads = Files.list(Path.of("/proc/" + this.pid + "/task"))) {
			return threads.allMatch((thread) -> isStopped(thread.resolve("stat")));
		}
		catch (IOException | UncheckedIOException ex) {
			return true;
		}
	}

	private static boolean isStopped(Path stat) {
		try {
			String line = Files.readString(stat);
			return "TtZX".indexOf(line.charAt(line.lastIndexOf(')') + 2)) >= 0;
		}
		catch (IOException ex) {
			// The thread has ended.
			return true;
		}
	}

	static Optional<ProcessStamp> read(Path file) {
		try {
			String[] parts = Files.readString(file).strip().split(" ", -1);
			return (parts.length == 2) ? Optional.of(new ProcessStamp(Long.parseLong(parts[0]), parts[1]))
					: Optional.empty();
		}
		catch (IOException | NumberFormatException ex) {
			return Optional.empty();
		}
	}

	void write(Path file) throws IOException {
		PrivateFiles.write(file, this.pid + " " + this.start + "\n");
	}

}
