package io.tandem.gateway.dashboard;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What went through one gateway between two of its reports.
 *
 * @param refused requests a second that no instance got
 * @param latency times of answers: numbers by the index of their bucket
 */
record Traffic(String node, List<Flow> flows, double refused, Map<Integer, Long> latency) {

	/**
	 * Requests from a gateway to an instance.
	 *
	 * @param rate a second
	 * @param errors a second
	 */
	record Flow(String from, String to, double rate, double errors) {

	}

	static Traffic between(TrafficReport before, TrafficReport after) {
		double seconds = (after.atMillis() - before.atMillis()) / 1_000.0;
		List<Flow> flows = after.instances().stream().map((now) -> {
			TrafficReport.Instance then = before.instances()
				.stream()
				.filter((one) -> one.id().equals(now.id()))
				.findFirst()
				.orElse(now);
			return new Flow(after.node(), now.id(),
					Rates.perSecond((double) then.requests(), (double) now.requests(), seconds),
					Rates.perSecond((double) then.errors(), (double) now.errors(), seconds));
		}).toList();
		Map<Integer, Long> latency = new TreeMap<>();
		after.latency().forEach((bucket, count) -> {
			long more = count - before.latency().getOrDefault(bucket, 0L);
			if (more > 0) {
				latency.put(bucket, more);
			}
		});
		double refused = Rates.perSecond((double) before.refused(), (double) after.refused(), seconds);
		return new Traffic(after.node(), flows, refused, latency);
	}

	/** Requests a second, refused ones too. */
	double rate() {
		return flows.stream().mapToDouble(Flow::rate).sum() + refused;
	}

	/** Errors a second; what is refused is one. */
	double errors() {
		return flows.stream().mapToDouble(Flow::errors).sum() + refused;
	}

}
