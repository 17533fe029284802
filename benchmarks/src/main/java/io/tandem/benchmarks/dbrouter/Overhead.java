package io.tandem.benchmarks.dbrouter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

import io.tandem.benchmarks.dbrouter.overhead.RoutingOverhead;
import io.tandem.benchmarks.dbrouter.peer.Peer;
import io.tandem.benchmarks.dbrouter.peer.Servers;
import io.tandem.benchmarks.report.Summary;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What JMH says of a peer's data source.
 *
 * @param nanos nanoseconds for each operation, the median of the iterations
 * @param bytes bytes allocated by each operation
 */
record Overhead(double nanos, double bytes) {

	/**
	 * Runs {@link RoutingOverhead} for a peer.
	 * @param peer the peer
	 * @param servers where the database is
	 * @param classPath where the peer is
	 * @param directory for the result and the log
	 * @return the overhead of a transaction without a statement, and with one that is not
	 * sent
	 */
	static List<Overhead> measure(Peer peer, Servers servers, PeerClassPath classPath, Path directory)
			throws IOException, InterruptedException {
		Path result = directory.resolve(peer.id() + "-jmh.json");
		List<String> command = new ArrayList<>(List.of(PeerProcess.java(), "--enable-native-access=ALL-UNNAMED"));
		// A fork of JMH gets the options of the process that starts it.
		command.addAll(servers.toOptions());
		command.addAll(List.of("-cp", classPath.of(peer), "org.openjdk.jmh.Main", RoutingOverhead.class.getName(), "-p",
				"peer=" + peer.id(), "-prof", "gc", "-rf", "json", "-rff", result.toString()));
		Path log = directory.resolve(peer.id() + "-jmh.log");
		Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
		Runtime.getRuntime().addShutdownHook(new Thread(() -> end(process)));
		int status = process.waitFor();
		if (status != 0 || !Files.exists(result)) {
			throw new IOException("JMH ended with " + status + ", see " + log);
		}
		JsonNode benchmarks = new JsonMapper().readTree(result.toFile());
		return List.of(of(benchmarks, "connection"), of(benchmarks, "statement"));
	}

	/** JMH's fork would outlive JMH. */
	private static void end(Process process) {
		process.descendants().forEach(ProcessHandle::destroyForcibly);
		process.destroyForcibly();
	}

	private static Overhead of(JsonNode benchmarks, String method) throws IOException {
		for (JsonNode each : benchmarks) {
			if (each.path("benchmark").asString().endsWith("." + method)) {
				double[] iterations = StreamSupport
					.stream(each.path("primaryMetric").path("rawData").path(0).spliterator(), false)
					.mapToDouble(JsonNode::asDouble)
					.toArray();
				return new Overhead(Summary.of(iterations).median(),
						each.path("secondaryMetrics").path("gc.alloc.rate.norm").path("score").asDouble());
			}
		}
		throw new IOException("JMH has no result for " + method);
	}

}
