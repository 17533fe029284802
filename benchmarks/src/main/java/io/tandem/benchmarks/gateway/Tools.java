package io.tandem.benchmarks.gateway;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.tandem.cluster.process.Command;

/**
 * The programs that are not ours.
 *
 * @param unpacked where Debian's packages are, for what is not on the PATH
 */
record Tools(Path unpacked) {

	List<String> command(String program, String... arguments) {
		List<String> command = new ArrayList<>();
		Command.find(program).ifPresentOrElse((found) -> command.add(found.toString()), () -> {
			Path directory = this.unpacked.resolve("usr").resolve(program.equals("wrk") ? "bin" : "sbin");
			command.addAll(List.of("env",
					"LD_LIBRARY_PATH=" + this.unpacked.resolve("usr/lib/" + architecture() + "-linux-gnu"),
					directory.resolve(program).toString()));
		});
		command.addAll(List.of(arguments));
		return command;
	}

	private static String architecture() {
		return System.getProperty("os.arch").equals("amd64") ? "x86_64" : System.getProperty("os.arch");
	}

}
