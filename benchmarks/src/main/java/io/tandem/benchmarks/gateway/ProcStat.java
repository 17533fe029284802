package io.tandem.benchmarks.gateway;

import java.util.List;

/**
 * Reads what Linux says of a process, see proc(5).
 */
final class ProcStat {

	/** USER_HZ, which is 100 on every Linux that runs Java. */
	private static final long MICROS_PER_TICK = 10_000;

	private ProcStat() {
	}

	/**
	 * User and system time.
	 * @param stat the content of {@code /proc/PID/stat}
	 */
	static long cpuMicros(String stat) {
		// The name, in brackets, may contain anything.
		List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1));
		return (Long.parseLong(fields.get(11)) + Long.parseLong(fields.get(12))) * MICROS_PER_TICK;
	}

	/**
	 * The resident set.
	 * @param status the content of {@code /proc/PID/status}
	 */
	static double residentMegabytes(String status) {
		String line = status.lines().filter((each) -> each.startsWith("VmRSS:")).findFirst().orElseThrow();
		return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
	}

}
