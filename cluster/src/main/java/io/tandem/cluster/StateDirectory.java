package io.tandem.cluster;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

import io.tandem.cluster.process.PrivateFiles;
import org.jspecify.annotations.Nullable;

/**
 * Where a cluster keeps everything it must remember between two commands.
 *
 * @param path the directory, mode 0700
 */
record StateDirectory(Path path) {

	private static final long LOG_KEPT_BELOW = 4L << 20;

	/** Creates the directory, or says why it cannot be used. */
	void create() throws IOException {
		try {
			PrivateFiles.directory(this.path);
			PrivateFiles.directory(logs());
			PrivateFiles.write(this.path.resolve("ports.check"), "");
			Files.delete(this.path.resolve("ports.check"));
		}
		catch (IOException ex) {
			throw new IOException("The state directory " + this.path + " cannot be written (" + ex
					+ "). Free some disk space or change its permissions; TANDEM_STATE names another directory.", ex);
		}
	}

	Path logs() {
		return this.path.resolve("logs");
	}

	Path log(Node node) {
		return logs().resolve(node.id() + ".log");
	}

	Path mysql() {
		return this.path.resolve("mysql");
	}

	Path applications() {
		return this.path.resolve("applications");
	}

	Path node(Node node) {
		return this.path.resolve("nodes").resolve(node.id());
	}

	/** The ports in effect. */
	Path ports() {
		return this.path.resolve("ports.properties");
	}

	/** Keeps one earlier log, once a node's log is larger than 4 MB. */
	void rotate(Node node) throws IOException {
		Path log = log(node);
		if (Files.exists(log) && Files.size(log) > LOG_KEPT_BELOW) {
			Files.move(log, log.resolveSibling(node.id() + ".log.1"), StandardCopyOption.REPLACE_EXISTING);
		}
	}

	/** Deletes data and secrets, not logs and prepared applications. */
	void wipe() throws IOException {
		PrivateFiles.delete(mysql());
		PrivateFiles.delete(this.path.resolve("nodes"));
	}

	/**
	 * Takes the lock that one command at a time may hold.
	 * @return the lock
	 * @throws IOException if another command holds it
	 */
	AutoCloseable lock() throws IOException {
		Path file = this.path.resolve("lock");
		FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
		@Nullable FileLock lock = null;
		try {
			lock = channel.tryLock();
		}
		catch (OverlappingFileLockException ex) {
			// Held by this very process.
		}
		if (lock == null) {
			channel.close();
			throw new IOException("Another command is changing this cluster (process "
					+ Files.readString(file.resolveSibling("lock.pid")).strip() + "). Wait for it to end.");
		}
		PrivateFiles.write(file.resolveSibling("lock.pid"), Long.toString(ProcessHandle.current().pid()));
		return channel;
	}

}
