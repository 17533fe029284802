package io.tandem.cluster.load;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

import org.HdrHistogram.Histogram;

/**
 * Counts answers until its figures are taken. Used by all clients at once.
 */
final class Recording {

	private final Histogram micros = new Histogram(3);

	private final Map<String, Long> errors = new TreeMap<>();

	private final Map<String, Long> instances = new TreeMap<>();

	private final Map<String, Long> databases = new TreeMap<>();

	private long begin = System.nanoTime();

	private long created = this.begin;

	private long pause;

	synchronized void add(Answer answer, Duration took) {
		if (answer.created()) {
			endPause(System.nanoTime());
		}
		this.micros.recordValue(Math.max(0, took.toNanos() / 1000));
		if (answer.failed()) {
			count(this.errors, answer.error());
		}
		if (!answer.instance().isEmpty()) {
			count(this.instances, answer.instance());
		}
		answer.databases().forEach((database) -> count(this.databases, database));
	}

	private void endPause(long now) {
		this.pause = Math.max(this.pause, now - this.created);
		this.created = now;
	}

	private static void count(Map<String, Long> counts, String key) {
		counts.merge(key, 1L, Long::sum);
	}

	/** The figures since the last time, or since the beginning. */
	synchronized Figures take() {
		long now = System.nanoTime();
		endPause(now);
		Figures taken = new Figures(Duration.ofNanos(now - this.begin), this.micros.getTotalCount(), percentile(50),
				percentile(99), percentile(100), Duration.ofNanos(this.pause), Map.copyOf(this.errors),
				new TreeMap<>(this.instances), new TreeMap<>(this.databases));
		this.begin = now;
		this.pause = 0;
		this.micros.reset();
		this.errors.clear();
		this.instances.clear();
		this.databases.clear();
		return taken;
	}

	private Duration percentile(double percentile) {
		return Duration.ofNanos(this.micros.getValueAtPercentile(percentile) * 1000);
	}

}
