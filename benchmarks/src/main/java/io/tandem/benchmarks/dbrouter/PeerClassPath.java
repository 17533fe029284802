package io.tandem.benchmarks.dbrouter;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

import io.tandem.benchmarks.dbrouter.peer.Peer;

/**
 * The class paths that Maven has resolved, one file for each peer with dependencies of
 * its own and {@code base.cp} for the others.
 *
 * @param directory where the files are
 * @param classes this module's own classes
 */
record PeerClassPath(Path directory, String classes) {

	/**
	 * The class path of a peer's process; no peer has the jar of db-router but itself.
	 */
	String of(Peer peer) throws IOException {
		Path own = this.directory.resolve(peer.id() + ".cp");
		String resolved = Files.readString(Files.exists(own) ? own : this.directory.resolve("base.cp")).strip();
		return this.classes + File.pathSeparator
				+ Arrays.stream(resolved.split(File.pathSeparator))
					.filter((entry) -> peer.isDbRouter() || !isDbRouter(entry))
					.collect(Collectors.joining(File.pathSeparator));
	}

	private static boolean isDbRouter(String entry) {
		return entry.matches(".*[/\\\\]db-router([/\\\\]target[/\\\\].*|-[^/\\\\]*\\.jar)");
	}

}
