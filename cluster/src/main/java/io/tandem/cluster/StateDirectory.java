package io.tandem.cluster;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.Callable;

import io.tandem.cluster.process.PrivateFiles;

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

	/**
	 * What all instances of the web application sign their consistency tokens with; made
	 * at the first use.
	 */
	String tokenSecret() throws IOException {
		return secret(this.path.resolve("token.secret"));
	}

	/** The password of the gateways' management API; made at the first use. */
	String gatewayPassword() throws IOException {
		return secret(gatewayPasswordFile());
	}

	Path gatewayPasswordFile() {
		return this.path.resolve("gateway.password");
	}

	private static String secret(Path file) throws IOException {
		if (!Files.exists(file)) {
			byte[] bytes = new byte[32];
			new SecureRandom().nextBytes(bytes);
			PrivateFiles.write(file, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
		}
		return Files.readString(file);
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
		PrivateFiles.delete(this.path.resolve("token.secret"));
		PrivateFiles.delete(gatewayPasswordFile());
		PrivateFiles.delete(this.path.resolve("tls"));
	}

	/**
	 * Does something that no other process may do at the same time.
	 * @param work the work
	 * @return the work's result
	 * @throws IOException if another process is at it; the message says which
	 */
	<T> T exclusively(Callable<T> work) throws Exception {
		Path owner = this.path.resolve("lock.pid");
		try (FileChannel channel = FileChannel.open(this.path.resolve("lock"), StandardOpenOption.CREATE,
				StandardOpenOption.WRITE)) {
			if (channel.tryLock() == null) {
				throw new IOException("Another command is changing this cluster (process "
						+ Files.readString(owner).strip() + "). Wait until it has ended.");
			}
			PrivateFiles.write(owner, Long.toString(ProcessHandle.current().pid()));
			return work.call();
		}
	}

}
