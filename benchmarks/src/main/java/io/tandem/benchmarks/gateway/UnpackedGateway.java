package io.tandem.benchmarks.gateway;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.tandem.cluster.process.Command;

/**
 * The gateway as {@code ./tandem} runs it: its jar unpacked, its classes in an
 * ahead-of-time cache.
 *
 * @param jar the runnable jar in its directory
 * @param cache the cache, which need not exist
 */
record UnpackedGateway(Path jar, Path cache) {

	static UnpackedGateway unpack(Path jar, Path directory) throws IOException {
		Path home = directory.resolve("gateway");
		run(List.of(java(), "-Djarmode=tools", "-jar", jar.toString(), "extract", "--destination", home.toString()));
		return new UnpackedGateway(home.resolve(jar.getFileName()), home.resolve("classes.aot"));
	}

	/**
	 * Trains the cache for these options, with requests that the gateway sends itself.
	 */
	void train(List<String> options) throws IOException {
		List<String> command = new ArrayList<>(List.of("env", "JDK_AOT_VM_OPTIONS=-Xmx512m", java()));
		command.addAll(options);
		command.addAll(List.of("-XX:AOTCacheOutput=" + cache, "-jar", jar.toString(), "train"));
		run(command);
	}

	List<String> command(List<String> options, List<String> arguments) {
		List<String> application = new ArrayList<>();
		if (Files.exists(cache)) {
			application.add("-XX:AOTCache=" + cache);
		}
		application.addAll(List.of("-jar", jar.toString()));
		return command(options, application, arguments);
	}

	/** Without the cache, which fits its own class path alone. */
	List<String> commandWith(String classPath, List<String> options, List<String> arguments) {
		return command(options,
				List.of("-cp", classPath + File.pathSeparator + jar, "io.tandem.gateway.GatewayApplication"),
				arguments);
	}

	private static List<String> command(List<String> options, List<String> application, List<String> arguments) {
		List<String> command = new ArrayList<>(List.of(java()));
		command.addAll(options);
		command.addAll(application);
		command.addAll(arguments);
		return command;
	}

	private static void run(List<String> command) throws IOException {
		Command.Result result = Command.run(Duration.ofMinutes(4), command);
		if (!result.successful()) {
			throw new IOException(String.join(" ", command) + " failed: " + result.output());
		}
	}

	static String java() {
		return Path.of(System.getProperty("java.home"), "bin", "java").toString();
	}

}
