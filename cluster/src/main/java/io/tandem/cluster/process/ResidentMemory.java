package io.tandem.cluster.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads how much memory a process holds: from /proc, else from ps.
 */
final class ResidentMemory {

	private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");

	private ResidentMemory() {
	}

	static OptionalLong of(long pid) {
		try {
			Path status = Path.of("/proc/" + pid + "/status");
			String text;
			if (Files.exists(status)) {
				Matcher matcher = RESIDENT.matcher(Files.readString(status));
				return matcher.find() ? OptionalLong.of(Long.parseLong(matcher.group(1)) * 1024) : OptionalLong.empty();
			}
			text = Command.run(Duration.ofSeconds(5), List.of("ps", "-o", "rss=", "-p", Long.toString(pid))).output();
			return OptionalLong.of(Long.parseLong(text.strip()) * 1024);
		}
		catch (IOException | NumberFormatException ex) {
			return OptionalLong.empty();
		}
	}

}
