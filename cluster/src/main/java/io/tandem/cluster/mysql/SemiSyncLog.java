package io.tandem.cluster.mysql;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What a primary's error log says of its semi-synchronous replication.
 */
final class SemiSyncLog {

	private SemiSyncLog() {
	}

	/**
	 * Tells whether the server was semi-synchronous when it wrote its last line: then it
	 * has acknowledged no commit that its replica has not received. A server without a
	 * word on it counts as one that was not.
	 * @param log a server's error log
	 * @return whether it was
	 */
	static boolean wasActiveInTheEnd(Path log) {
		try (Stream<String> lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
			return lines.filter((line) -> line.contains("emi-sync replication")).reduce(false, (active, line) -> {
				if (line.contains("switched ON") || line.contains("enabled on the source")) {
					return true;
				}
				return active && !line.contains("switched OFF") && !line.contains("disabled on the source");
			}, (first, second) -> second);
		}
		catch (IOException ex) {
			return false;
		}
	}

}
