package io.tandem.cluster.mysql;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.tandem.cluster.process.Command;
import io.tandem.cluster.process.PrivateFiles;

/**
 * Debian's MySQL server with all libraries it needs, downloaded by apt, which checks
 * Debian's signatures, and unpacked into the user's cache. Nothing is installed.
 */
final class DebianPackages {

	private static final String PACKAGE = "mysql-server-core";

	private static final List<Path> KEYRINGS = List.of(Path.of("/usr/share/keyrings/debian-archive-keyring.pgp"),
			Path.of("/usr/share/keyrings/debian-archive-keyring.gpg"));

	private static final Object IN_THIS_JVM = new Object();

	private final Path cache;

	private final Consumer<String> progress;

	DebianPackages(Path cache, Consumer<String> progress) {
		this.cache = cache;
		this.progress = progress;
	}

	static Path cache(Map<String, String> environment) {
		String configured = environment.getOrDefault("XDG_CACHE_HOME", "");
		Path base = configured.isBlank() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(configured);
		return base.resolve("tandem").resolve("mysql").toAbsolutePath();
	}

	static boolean supported() {
		return Command.find("apt-get").isPresent() && Command.find("dpkg-deb").isPresent();
	}

	/**
	 * Gets the packages.
	 * @return the directory that the packages are unpacked in, downloaded first if it is
	 * missing or broken
	 * @throws IOException if that fails
	 */
	Path unpacked() throws IOException {
		Path root = this.cache.resolve("debian-sid");
		if (isWhole(root)) {
			return root;
		}
		Files.createDirectories(this.cache);
		synchronized (IN_THIS_JVM) {
			try (FileChannel channel = FileChannel.open(this.cache.resolve("lock"), StandardOpenOption.CREATE,
					StandardOpenOption.WRITE); var lock = channel.lock()) {
				if (lock.isValid() && !isWhole(root)) {
					download(root);
				}
			}
		}
		return root;
	}

	private static boolean isWhole(Path root) {
		if (!Files.isDirectory(root)) {
			return false;
		}
		try {
			MySqlInstallation.unpacked(root);
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

	private void download(Path root) throws IOException {
		Path work = this.cache.resolve("unfinished");
		PrivateFiles.delete(work);
		try {
			this.progress.accept("downloading MySQL from Debian (about 60 MB, once)");
			List<String> apt = apt(work);
			run("update", apt, List.of("update"));
			run("download", apt, List.of("--download-only", "-y", "install", PACKAGE));
			this.progress.accept("unpacking MySQL into " + root);
			Path unpacked = Files.createDirectories(work.resolve("root"));
			try (DirectoryStream<Path> packages = Files.newDirectoryStream(work.resolve("archives"), "*.deb")) {
				for (Path each : packages) {
					run("unpack", List.of("dpkg-deb", "-x", each.toString(), unpacked.toString()), List.of());
				}
			}
			for (String needless : List.of("usr/bin", "usr/share/doc", "usr/share/man", "usr/share/perl")) {
				PrivateFiles.delete(unpacked.resolve(needless));
			}
			MySqlInstallation.unpacked(unpacked);
			PrivateFiles.delete(root);
			Files.move(unpacked, root, StandardCopyOption.ATOMIC_MOVE);
		}
		finally {
			PrivateFiles.delete(work);
		}
	}

	private List<String> apt(Path work) throws IOException {
		Path keyring = KEYRINGS.stream().filter(Files::isReadable).findFirst().orElseThrow(() -> new IOException("""
				Debian's signing keys are not on this system, so MySQL cannot be downloaded from Debian. Either
				  - sudo apt-get install debian-archive-keyring
				  - or install MySQL 8.4 or newer or set TANDEM_MYSQL_HOME"""));
		for (String each : List.of("lists/partial", "archives/partial", "sources")) {
			Files.createDirectories(work.resolve(each));
		}
		Path status = Files.writeString(work.resolve("status"), "");
		Files.writeString(work.resolve("sources/sid.sources"), """
				Types: deb
				URIs: %s
				Suites: sid
				Components: main
				Signed-By: %s
				""".formatted(mirror(), keyring));
		List<String> command = new ArrayList<>(List.of("apt-get", "-q"));
		// An empty status file: apt then resolves everything down to libc, as if nothing
		// were installed. No lock, preferences or default release of the system's.
		for (String option : List.of("Dir::State::status=" + status, "Dir::State::lists=" + work.resolve("lists"),
				"Dir::State::extended_states=" + work.resolve("extended_states"), "Dir::Cache=" + work,
				"Dir::Cache::archives=" + work.resolve("archives"), "Dir::Etc::sourcelist=/dev/null",
				"Dir::Etc::sourceparts=" + work.resolve("sources"), "Dir::Etc::preferences=/dev/null",
				"Dir::Etc::preferencesparts=/dev/null", "APT::Default-Release=", "APT::Install-Recommends=false",
				"APT::Get::AllowUnauthenticated=false", "Acquire::AllowInsecureRepositories=false",
				"Acquire::Languages=none", "Acquire::Retries=3", "Debug::NoLocking=1",
				// The cache belongs to this user, not to apt's own.
				"APT::Sandbox::User=")) {
			command.add("-o");
			command.add(option);
		}
		return command;
	}

	// The mirror that apt is configured for, if this system is Debian itself.
	private static String mirror() throws IOException {
		Command.Result targets = Command.run(Duration.ofSeconds(30),
				List.of("apt-get", "indextargets", "--format", "$(CREATED_BY)|$(LABEL)|$(REPO_URI)"));
		return targets.output()
			.lines()
			.filter((line) -> line.startsWith("Packages|Debian|"))
			.map((line) -> line.substring("Packages|Debian|".length()))
			.findFirst()
			.orElse("http://deb.debian.org/debian/");
	}

	private static void run(String what, List<String> command, List<String> arguments) throws IOException {
		List<String> whole = new ArrayList<>(command);
		whole.addAll(arguments);
		Command.Result result = Command.run(Duration.ofMinutes(10), whole);
		if (!result.successful()) {
			List<String> lines = result.output().lines().toList();
			throw new IOException(
					"MySQL could not be fetched from Debian (" + what + " failed):" + System.lineSeparator()
							+ String.join(System.lineSeparator(),
									lines.subList(Math.max(0, lines.size() - 8), lines.size()))
							+ System.lineSeparator()
							+ "Either try again, or install MySQL 8.4 or newer, or set TANDEM_MYSQL_HOME.");
		}
	}

	/**
	 * Finds the dynamic loader.
	 * @param root a directory with unpacked packages
	 * @return the dynamic loader in it
	 * @throws IOException if the directory cannot be read
	 */
	static Optional<Path> loader(Path root) throws IOException {
		Path libraries = root.resolve("usr/lib");
		if (!Files.isDirectory(libraries)) {
			return Optional.empty();
		}
		try (Stream<Path> files = Files.find(libraries, 2,
				(path, attributes) -> path.getFileName().toString().matches("ld-linux-.*\\.so\\.\\d+"))) {
			// /usr/lib holds links to the one beside the libraries.
			return files.filter((path) -> path.toString().contains("-linux-gnu/")).findFirst();
		}
	}

}
