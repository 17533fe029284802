package io.tandem.cluster.load;

import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What was measured in an interval or in all.
 *
 * @param time how long it took
 * @param requests requests that were answered or failed
 * @param p50 median of the times from when a request was due until its answer; zero
 * without requests
 * @param p99 99th percentile of the same
 * @param longest the longest of the same
 * @param pause the longest time in which no new link was acknowledged
 * @param errors failed requests by reason
 * @param instances answers by instance
 * @param databases uses of database nodes, by node and role
 */
public record Figures(Duration time, long requests, Duration p50, Duration p99, Duration longest, Duration pause,
		Map<String, Long> errors, Map<String, Long> instances, Map<String, Long> databases) {

	/**
	 * Failed requests.
	 * @return how many
	 */
	public long failed() {
		return this.errors.values().stream().mapToLong(Long::longValue).sum();
	}

	/**
	 * The rate that was reached.
	 * @return requests a second
	 */
	public double perSecond() {
		return this.requests * 1e9 / Math.max(1, this.time.toNanos());
	}

	/**
	 * Each one's part of the whole, in words.
	 * @param counts how often each
	 * @return such as {@code web-app-1 50 %, web-app-2 50 %}
	 */
	public static String shares(Map<String, Long> counts) {
		long sum = counts.values().stream().mapToLong(Long::longValue).sum();
		return (sum == 0) ? "nobody"
				: counts.entrySet()
					.stream()
					.map((entry) -> entry.getKey() + " " + Math.round(100.0 * entry.getValue() / sum) + " %")
					.collect(Collectors.joining(", "));
	}

}
