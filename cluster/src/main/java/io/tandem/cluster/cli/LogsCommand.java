package io.tandem.cluster.cli;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import io.tandem.cluster.process.NodeProcess;
import io.tandem.cluster.process.PrivateFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Shows the end of a node's log.
 */
@Command(name = "logs", description = "Shows the end of a node's log.")
final class LogsCommand extends ClusterCommand {

	private static final Duration POLL = Duration.ofMillis(200);

	@Parameters(paramLabel = "NODE",
			description = "gateway-1, gateway-2, web-app-1, web-app-2, mysql-1, mysql-2 or, of a group, mysql-3.")
	private String name = "";

	@Option(names = { "-f", "--follow" },
			description = "Go on showing what is added, until Ctrl+C or until nobody reads it.")
	private boolean follow;

	@Option(names = { "-n", "--lines" }, paramLabel = "N", defaultValue = "100",
			description = "How many lines (default: ${DEFAULT-VALUE}).")
	private int lines;

	@Override
	public Integer call() throws Exception {
		io.tandem.cluster.Cluster cluster = cluster();
		Path log = cluster.log(node(cluster, this.name));
		if (!Files.exists(log) && !this.follow) {
			throw new IOException(this.name + " has no log yet: " + log);
		}
		long end = Files.exists(log) ? Files.size(log) : 0;
		PrivateFiles.tail(log, this.lines).forEach(out()::println);
		out().flush();
		while (this.follow && !isOutputGone()) {
			NodeProcess.pause(POLL);
			end = showFrom(log, end);
		}
		return Tandem.OK;
	}

	private long showFrom(Path log, long position) throws IOException {
		if (!Files.exists(log)) {
			return 0;
		}
		try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
			// A shorter file is a new one.
			long begin = (file.length() < position) ? 0 : position;
			byte[] added = new byte[(int) Math.min(file.length() - begin, 1 << 20)];
			file.seek(begin);
			file.readFully(added);
			out().print(new String(added, StandardCharsets.UTF_8));
			out().flush();
			return begin + added.length;
		}
	}

}
