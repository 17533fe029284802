package io.tandem.benchmarks.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.tandem.cluster.process.Command;

/**
 * wrk, the load generator: each connection sends its next request when it has the
 * previous answer, or after a pause if a rate is wanted.
 *
 * @param cpus those that it may use, as taskset(1) wants them
 */
record Wrk(Tools tools, String cpus, Path directory) {

	/**
	 * What it says.
	 *
	 * @param errors answers other than 2xx and 3xx, and failed connections
	 */
	record Result(long requests, double perSecond, double p50Millis, double p99Millis, long errors) {

	}

	/**
	 * Sends requests.
	 * @param rate requests a second over all connections; 0 for as many as are answered.
	 * The pauses are of random length (exponentially distributed): with equal ones all
	 * connections send at once for ever, as they did at the beginning, and the 99th
	 * percentile tells how long a burst takes. What an answer takes comes on top of the
	 * pause, so that slow proxies get a little less.
	 */
	Result run(int port, int connections, int seconds, int rate) throws IOException {
		List<String> command = new ArrayList<>(List.of("taskset", "-c", cpus));
		command.addAll(tools.command("wrk", "-t1", "-c" + connections, "-d" + seconds + "s", "--latency"));
		if (rate > 0) {
			Path script = Files.writeString(directory.resolve("rate.lua"), "function delay() return math.floor(0.5 - "
					+ 1000.0 * connections / rate + " * math.log(1 - math.random())) end\n");
			command.addAll(List.of("-s", script.toString()));
		}
		command.add("http://127.0.0.1:" + port + "/api/links/abc?x=1");
		return parse(Command.run(Duration.ofSeconds(seconds + 30L), command).output());
	}

	static Result parse(String output) throws IOException {
		return new Result((long) number(output, "(\\d+) requests in"), number(output, "Requests/sec:\\s+([\\d.]+)"),
				millis(output, "50%"), millis(output, "99%"), errors(output));
	}

	private static long errors(String output) {
		long errors = 0;
		Matcher matcher = Pattern.compile("(?:Non-2xx or 3xx responses:|connect|read|write|timeout) (\\d+)")
			.matcher(output);
		while (matcher.find()) {
			errors += Long.parseLong(matcher.group(1));
		}
		return errors;
	}

	private static double millis(String output, String percentile) throws IOException {
		Matcher matcher = matcher(output, percentile + "\\s+([\\d.]+)(us|ms|s)");
		double value = Double.parseDouble(matcher.group(1));
		return switch (matcher.group(2)) {
			case "us" -> value / 1000;
			case "s" -> value * 1000;
			default -> value;
		};
	}

	private static double number(String output, String pattern) throws IOException {
		return Double.parseDouble(matcher(output, pattern).group(1));
	}

	private static Matcher matcher(String output, String pattern) throws IOException {
		Matcher matcher = Pattern.compile(pattern).matcher(output);
		if (!matcher.find()) {
			throw new IOException("wrk said: " + output);
		}
		return matcher;
	}

}
