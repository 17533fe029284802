package io.tandem.cluster.mysql;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where MySQL servers keep their files.
 *
 * @param directory data, certificates and passwords
 * @param logs the nodes' logs
 */
record Layout(Path directory, Path logs) {

	Path home(String node) {
		return this.directory.resolve(node);
	}

	Path data(String node) {
		return home(node).resolve("data");
	}

	Path log(String node) {
		return this.logs.resolve(node + ".log");
	}

	Path tls() {
		return this.directory.resolve("tls");
	}

	Path accounts() {
		return this.directory.resolve("accounts.properties");
	}

	/** The file that names the node that is to be writable. */
	Path primary() {
		return this.directory.resolve("primary");
	}

	/** The name of the replication group; there is none of a pair. */
	Path group() {
		return this.directory.resolve("group");
	}

	/** What the primary had committed when it was last looked at. */
	Path committed() {
		return this.directory.resolve("committed");
	}

	/** Where the data of a node go that gets a copy of another's. */
	Path putAside(String node) {
		return home(node).resolve("data.put-aside");
	}

	/**
	 * Tells whether this user is root.
	 * @param file a file that this user created
	 * @return whether this user is root
	 * @throws IOException if the file cannot be looked at
	 */
	static boolean isRoot(Path file) throws IOException {
		return Files.getAttribute(file, "unix:uid") instanceof Integer uid && uid == 0;
	}

}
