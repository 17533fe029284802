package io.tandem.cluster.mysql;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.tandem.cluster.process.Command;

/**
 * The programs of a MySQL server 8.4 or newer on this machine.
 */
public final class MySqlInstallation {

	private static final Pattern VERSION = Pattern.compile("Ver (\\d+)\\.(\\d+)\\.(\\d+)");

	private static final List<String> PLACES = List.of("bin", "sbin", "libexec", "usr/sbin", "usr/bin");

	private static final String WAYS_OUT = """
			No MySQL server 8.4 or newer was found, and this system is no Debian to download one for. Either
			  - install MySQL 8.4 or newer, so that 'mysqld' is on the PATH: https://dev.mysql.com/downloads/mysql/
			  - or unpack it anywhere and set TANDEM_MYSQL_HOME to that directory""";

	private final List<String> command;

	private final List<String> options;

	private final String version;

	private MySqlInstallation(List<String> command, List<String> options, String version) {
		this.command = List.copyOf(command);
		this.options = List.copyOf(options);
		this.version = version;
	}

	/**
	 * Finds MySQL: in {@code TANDEM_MYSQL_HOME}, on the PATH, or on Debian and its
	 * derivatives by downloading Debian's own packages into the user's cache, once,
	 * without root and without installing them.
	 * @param progress hears what takes time, one line each
	 * @return the installation
	 * @throws IOException with the ways out in its message, if there is none
	 */
	public static MySqlInstallation locate(Consumer<String> progress) throws IOException {
		return locate(System.getenv(), Command.find("mysqld"), progress);
	}

	static MySqlInstallation locate(Map<String, String> environment, Optional<Path> onPath, Consumer<String> progress)
			throws IOException {
		String home = environment.getOrDefault("TANDEM_MYSQL_HOME", "");
		if (!home.isBlank()) {
			return inHome(Path.of(home));
		}
		List<String> notes = new ArrayList<>();
		if (onPath.isPresent()) {
			try {
				// The real path: MySQL finds its messages and plugins beside it.
				return of(List.of(onPath.get().toRealPath().toString()), List.of());
			}
			catch (IOException ex) {
				notes.add(ex.getMessage());
			}
		}
		Path cache = DebianPackages.cache(environment);
		if (!DebianPackages.supported()) {
			notes.add(WAYS_OUT);
			throw new IOException(String.join(System.lineSeparator(), notes));
		}
		Path root = new DebianPackages(cache, progress).unpacked();
		return unpacked(root);
	}

	private static MySqlInstallation inHome(Path home) throws IOException {
		for (String place : PLACES) {
			Path mysqld = home.resolve(place).resolve("mysqld");
			if (Files.isExecutable(mysqld)) {
				return of(List.of(mysqld.toRealPath().toString()), List.of());
			}
		}
		throw new IOException("TANDEM_MYSQL_HOME is " + home + ", but there is no executable bin/mysqld in it."
				+ " Set it to the directory that MySQL was unpacked into, or unset it.");
	}

	/**
	 * Uses packages that are unpacked but not installed.
	 * @param root packages unpacked, not installed: the programs need their own loader,
	 * libraries and files from there
	 * @return the installation
	 * @throws IOException if it does not run
	 */
	static MySqlInstallation unpacked(Path root) throws IOException {
		Path loader = DebianPackages.loader(root)
			.orElseThrow(() -> new IOException("There is no dynamic loader in " + root));
		Path libraries = loader.getParent();
		Path usr = root.resolve("usr");
		return of(
				List.of(loader.toString(), "--library-path", libraries + ":" + usr.resolve("lib/mysql"),
						usr.resolve("sbin/mysqld").toString()),
				List.of("basedir=" + usr, "plugin_dir=" + usr.resolve("lib/mysql/plugin"),
						"lc_messages_dir=" + usr.resolve("share/mysql"),
						"character_sets_dir=" + usr.resolve("share/mysql/charsets")));
	}

	private static MySqlInstallation of(List<String> command, List<String> options) throws IOException {
		List<String> question = new ArrayList<>(command);
		question.add("--no-defaults");
		question.add("--version");
		Command.Result answer = Command.run(Duration.ofSeconds(30), question);
		if (!answer.successful()) {
			throw new IOException(command.getLast() + " does not run: " + answer.output());
		}
		return new MySqlInstallation(command, options, supported(command.getLast(), answer.output()));
	}

	static String supported(String program, String answer) throws IOException {
		if (answer.contains("MariaDB")) {
			throw new IOException(
					program + " is MariaDB; its replication is not MySQL's. Tandem needs MySQL 8.4 or newer.");
		}
		Matcher matcher = VERSION.matcher(answer);
		if (!matcher.find()) {
			throw new IOException(program + " does not tell its version: " + answer);
		}
		int major = Integer.parseInt(matcher.group(1));
		int minor = Integer.parseInt(matcher.group(2));
		String version = major + "." + minor + "." + matcher.group(3);
		if (major < 8 || (major == 8 && minor < 4)) {
			throw new IOException(program + " is MySQL " + version + "; Tandem needs 8.4 or newer.");
		}
		return version;
	}

	/** The server's version, such as {@code 9.7.4}. */
	public String version() {
		return this.version;
	}

	/** Where the server program is. */
	public Path server() {
		return Path.of(this.command.getLast());
	}

	List<String> command() {
		return this.command;
	}

	/** Lines of the option file that this installation needs. */
	List<String> options() {
		return this.options;
	}

}
