package io.tandem.cluster.mysql;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.tandem.cluster.process.Command;
import io.tandem.cluster.process.NodeException;
import io.tandem.cluster.process.PrivateFiles;

/**
 * Makes new data directories. A server with its accounts is initialised once without any
 * listener; a second new node gets a copy, which halves the work of a first start.
 */
final class DataDirectories {

	private static final List<String> CERTIFICATES = List.of("ca.pem", "server-cert.pem", "server-key.pem");

	private final MySqlInstallation installation;

	private final Accounts accounts;

	private final Layout layout;

	DataDirectories(MySqlInstallation installation, Accounts accounts, Layout layout) {
		this.installation = installation;
		this.accounts = accounts;
		this.layout = layout;
	}

	/**
	 * Gives a data directory to each node that has none.
	 * @param nodes names of nodes
	 * @throws IOException if a file cannot be written
	 */
	void prepare(List<String> nodes) throws IOException {
		List<String> fresh = nodes.stream().filter((node) -> !Files.isDirectory(this.layout.data(node))).toList();
		if (fresh.isEmpty()) {
			return;
		}
		String first = fresh.getFirst();
		Path initialised = initialise(first);
		for (String other : fresh.subList(1, fresh.size())) {
			Path copy = this.layout.home(other).resolve("data.new");
			PrivateFiles.delete(copy);
			PrivateFiles.directory(this.layout.home(other));
			copy(initialised, copy);
			Files.move(copy, this.layout.data(other), StandardCopyOption.ATOMIC_MOVE);
		}
		Files.move(initialised, this.layout.data(first), StandardCopyOption.ATOMIC_MOVE);
	}

	private Path initialise(String node) throws IOException {
		Path home = PrivateFiles.directory(this.layout.home(node));
		Path data = home.resolve("data.new");
		PrivateFiles.delete(data);
		Path options = home.resolve("initialise.cnf");
		PrivateFiles.write(options,
				new OptionFile(this.installation, 1, 0, data, null, this.layout.log(node), Layout.isRoot(home), "")
					.toString());
		Path statements = home.resolve("accounts.sql");
		PrivateFiles.write(statements, this.accounts.toSql());
		try {
			List<String> command = new ArrayList<>(this.installation.command());
			command.addAll(List.of("--defaults-file=" + options, "--initialize-insecure", "--init-file=" + statements));
			Command.Result result = Command.run(Duration.ofMinutes(3), command);
			if (!result.successful()) {
				throw new NodeException(node,
						"MySQL could not initialise its data directory:\n"
								+ ErrorLog.excerpt(this.layout.log(node), result.output()),
						this.layout.log(node), null);
			}
		}
		finally {
			Files.deleteIfExists(statements);
			Files.deleteIfExists(options);
		}
		keepCertificates(data);
		// A copied server would share its identity with the original.
		Files.deleteIfExists(data.resolve("auto.cnf"));
		return data;
	}

	// One authority for the cluster, so that a replica can verify its source.
	private void keepCertificates(Path data) throws IOException {
		Path tls = this.layout.tls();
		if (Files.isDirectory(tls)) {
			return;
		}
		Path unfinished = tls.resolveSibling("tls.new");
		PrivateFiles.delete(unfinished);
		PrivateFiles.directory(unfinished);
		for (String certificate : CERTIFICATES) {
			Files.copy(data.resolve(certificate), unfinished.resolve(certificate), StandardCopyOption.COPY_ATTRIBUTES);
		}
		Files.move(unfinished, tls, StandardCopyOption.ATOMIC_MOVE);
	}

	private static void copy(Path from, Path to) throws IOException {
		Files.walkFileTree(from, new SimpleFileVisitor<>() {

			@Override
			public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
					throws IOException {
				Files.copy(directory, to.resolve(from.relativize(directory)), StandardCopyOption.COPY_ATTRIBUTES);
				return FileVisitResult.CONTINUE;
			}

			@Override
			public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
				Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
				return FileVisitResult.CONTINUE;
			}

		});
	}

}
