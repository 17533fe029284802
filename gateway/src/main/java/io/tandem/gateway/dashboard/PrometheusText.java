package io.tandem.gateway.dashboard;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Reads the samples of Prometheus' text format.
 */
final class PrometheusText {

	private static final Pattern SAMPLE = Pattern
		.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})?\\s+([-+0-9.eEa-zA-Z]+)(?:\\s+\\d+)?");

	private static final Pattern LABEL = Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\]|\\\\.)*)\",?");

	/** More is no answer to the question asked. */
	private static final int MOST = 1_000;

	private PrometheusText() {
	}

	static List<Sample> read(String text) {
		return text.lines()
			.filter((line) -> !line.startsWith("#"))
			.map(SAMPLE::matcher)
			.filter(Matcher::matches)
			.limit(MOST)
			.map((matcher) -> new Sample(matcher.group(1), labels(matcher.group(2)), number(matcher.group(3))))
			.toList();
	}

	private static Map<String, String> labels(@Nullable String text) {
		Map<String, String> labels = new HashMap<>();
		Matcher matcher = LABEL.matcher((text != null) ? text : "");
		while (matcher.find()) {
			labels.put(matcher.group(1), unescape(matcher.group(2)));
		}
		return labels;
	}

	private static String unescape(String text) {
		return text.replace("\\n", "\n").replace("\\\"", "\"").replace("\\\\", "\\");
	}

	private static double number(String text) {
		try {
			return Double.parseDouble(text);
		}
		catch (NumberFormatException ex) {
			return Double.NaN;
		}
	}

	/**
	 * One value.
	 *
	 * @param name of the metric
	 */
	record Sample(String name, Map<String, String> labels, double value) {

		String label(String label) {
			return labels.getOrDefault(label, "");
		}

	}

	/** The samples of one metric. */
	static List<Sample> named(String name, List<Sample> samples) {
		return samples.stream().filter((sample) -> sample.name().equals(name)).toList();
	}

}
