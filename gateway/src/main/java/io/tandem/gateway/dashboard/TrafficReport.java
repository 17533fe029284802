package io.tandem.gateway.dashboard;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What one gateway has counted since its start, as gateways tell each other.
 *
 * @param node the gateway
 * @param atMillis when, by a clock that only this gateway reads
 * @param refused requests that no instance got, because none may serve
 * @param latency times of answers: numbers by the index of their bucket
 */
record TrafficReport(String node, long atMillis, List<Instance> instances, long refused, Map<Integer, Long> latency) {

	/**
	 * One instance, as this gateway sees it.
	 *
	 * @param requests attempts that ended, but for those that were repeated elsewhere
	 * @param errors those that failed or were answered with 5xx
	 * @param takesNew whether it gets new requests
	 */
	record Instance(String id, long requests, long errors, boolean takesNew, int inFlight, @Nullable Long oldestMillis,
			boolean inRotation) {

		boolean isSafeToStop() {
			return !takesNew && inFlight == 0;
		}

	}

}
