package io.tandem.gateway.dashboard;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * What goes through all gateways. Only used by one thread.
 */
final class TrafficView {

	private final Map<String, TrafficReport> reports = new LinkedHashMap<>();

	private final Map<String, Traffic> traffic = new LinkedHashMap<>();

	/**
	 * Takes over what a gateway has counted.
	 * @param source by which it is known here
	 * @param report null if it does not answer
	 */
	void update(String source, @Nullable TrafficReport report) {
		if (report == null) {
			reports.remove(source);
			traffic.remove(source);
			return;
		}
		TrafficReport before = reports.put(source, report);
		// One that was started anew has a clock of its own.
		if (before != null && before.atMillis() < report.atMillis()) {
			traffic.put(source, Traffic.between(before, report));
		}
		else if (before == null || before.atMillis() > report.atMillis()) {
			traffic.remove(source);
		}
	}

	double rate(String source) {
		Traffic its = traffic.get(source);
		return (its != null) ? Rates.round(its.rate()) : 0;
	}

	List<Traffic.Flow> flows() {
		return traffic.values().stream().flatMap((one) -> one.flows().stream()).toList();
	}

	/** What the gateways say of an instance. */
	List<TrafficReport.Instance> instance(String id) {
		return reports.values()
			.stream()
			.flatMap((report) -> report.instances().stream())
			.filter((instance) -> instance.id().equals(id))
			.toList();
	}

	static @Nullable Long oldestMillis(Collection<TrafficReport.Instance> views) {
		return views.stream()
			.map(TrafficReport.Instance::oldestMillis)
			.filter(Objects::nonNull)
			.max(Long::compare)
			.orElse(null);
	}

	Series.Point point(long timeMillis, @Nullable Double lag) {
		Map<Integer, Long> latency = new TreeMap<>();
		List<Traffic> all = new ArrayList<>(traffic.values());
		all.forEach((one) -> one.latency().forEach((bucket, count) -> latency.merge(bucket, count, Long::sum)));
		return new Series.Point(Math.floorDiv(timeMillis, 1_000L),
				Rates.round(all.stream().mapToDouble(Traffic::rate).sum()),
				Rates.round(all.stream().mapToDouble(Traffic::errors).sum()), LatencyHistogram.percentile(latency, 0.5),
				LatencyHistogram.percentile(latency, 0.99), lag);
	}

}
