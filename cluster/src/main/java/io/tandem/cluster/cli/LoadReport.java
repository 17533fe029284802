package io.tandem.cluster.cli;

import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;

import io.tandem.cluster.load.Figures;
import io.tandem.cluster.load.Verdict;

/**
 * Says in lines of text what traffic came to.
 */
final class LoadReport {

	/** Shorter ones are there at low rates without any reason. */
	private static final Duration PAUSE = Duration.ofSeconds(1);

	static final String HEADING = "  time  requests/s      p50      p99  failed  answered by, from";

	private LoadReport() {
	}

	static String line(Duration time, Figures figures) {
		return String.format(Locale.ROOT, "%4d s  %10.1f  %7s  %7s  %6d  %s; %s", time.toSeconds(), figures.perSecond(),
				millis(figures.p50()), millis(figures.p99()), figures.failed(), Figures.shares(figures.instances()),
				Figures.shares(figures.databases()));
	}

	static String summary(Figures figures) {
		StringBuilder text = new StringBuilder(String.format(Locale.ROOT,
				"%d requests in %.1f s (%.1f a second): p50 %s, p99 %s, longest %s; %d failed%n"
						+ "  instances  %s%n  databases  %s",
				figures.requests(), figures.time().toMillis() / 1e3, figures.perSecond(), millis(figures.p50()),
				millis(figures.p99()), millis(figures.longest()), figures.failed(), Figures.shares(figures.instances()),
				Figures.shares(figures.databases())));
		if (figures.pause().compareTo(PAUSE) > 0) {
			text.append(String.format(Locale.ROOT, "%n  no new link was acknowledged for %.1f s",
					figures.pause().toMillis() / 1e3));
		}
		figures.errors()
			.forEach((error, count) -> text.append(String.format(Locale.ROOT, "%n  failed     %d x %s", count, error)));
		return text.toString();
	}

	static String verdict(Verdict verdict) {
		if (verdict.acknowledged() == 0) {
			return "No link was acknowledged, so there is nothing to look for.";
		}
		boolean all = verdict.forgotten() == 0;
		String links = (all ? "" : "the last " + (verdict.acknowledged() - verdict.forgotten()) + " of ")
				+ verdict.acknowledged() + " acknowledged links";
		String older = all ? ""
				: " " + verdict.forgotten() + " older ones were not looked for and stay, for no more are remembered.";
		if (verdict.isGood()) {
			return "All " + links + " are there." + older;
		}
		StringBuilder text = new StringBuilder("Of " + links);
		if (!verdict.lost().isEmpty()) {
			text.append(", ")
				.append(verdict.lost().size())
				.append(" are LOST: ")
				.append(verdict.lost().stream().limit(10).collect(Collectors.joining(", ")))
				.append((verdict.lost().size() > 10) ? ", ..." : "");
		}
		if (verdict.unknown() > 0) {
			text.append(", ").append(verdict.unknown()).append(" could not be looked for: nobody answered");
		}
		return text.append('.').append(older).toString();
	}

	static String millis(Duration time) {
		double millis = time.toNanos() / 1e6;
		return String.format(Locale.ROOT, (millis < 100) ? "%.1f ms" : "%.0f ms", millis);
	}

}
