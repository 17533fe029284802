package io.tandem.cluster.mysql;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.tandem.cluster.process.PrivateFiles;

/**
 * Says in a few lines why a server gave up.
 */
final class ErrorLog {

	private static final Map<String, String> WAYS_OUT = Map.of("Address already in use",
			"The port is taken by another program.", "No space left on device",
			"The disk is full: free some space and try again.", "Unable to lock ./ibdata1",
			"Another MySQL server is running on this data directory.", "Permission denied",
			"MySQL may not write there; if this is Ubuntu's own MySQL, AppArmor confines it to /var/lib/mysql:"
					+ " set TANDEM_MYSQL_HOME to another MySQL.");

	private ErrorLog() {
	}

	static String excerpt(Path log, String output) {
		List<String> lines = PrivateFiles.tail(log, 40);
		List<String> errors = lines.stream().filter((line) -> line.contains("[ERROR]")).toList();
		List<String> shown = errors.isEmpty() ? lines : errors;
		String text = shown.subList(Math.max(0, shown.size() - 6), shown.size())
			.stream()
			.collect(Collectors.joining("\n    ", "    ", ""));
		if (!output.isBlank()) {
			text = "    " + output.strip().replace("\n", "\n    ") + "\n" + text;
		}
		String whole = text;
		return WAYS_OUT.entrySet()
			.stream()
			.filter((entry) -> whole.contains(entry.getKey()))
			.map((entry) -> whole + "\n  " + entry.getValue())
			.findFirst()
			.orElse(whole);
	}

}
