package io.tandem.gateway.management;

import io.tandem.gateway.balance.InstanceStatus;
import org.jspecify.annotations.Nullable;

/**
 * How far the draining of an instance is.
 *
 * @param safeToStop whether it gets nothing new and has nothing in flight, at this
 * gateway
 * @param oldestMillis age of the oldest request in flight
 * @param hint what is still to happen
 */
record DrainView(String node, String instance, boolean safeToStop, int inFlight, @Nullable Long oldestMillis,
		String hint) {

	static DrainView of(InstanceStatus status, String node) {
		return new DrainView(node, status.id(), status.isSafeToStop(), status.inFlight(), status.oldestMillis(),
				hint(status));
	}

	private static String hint(InstanceStatus status) {
		if (status.isSafeToStop()) {
			return "This gateway is done with it. Ask every other gateway before you stop it.";
		}
		if (!status.takesNew()) {
			return "Wait for the requests in flight.";
		}
		return (status.waiting() == null)
				? "It still takes new requests: set its state to drain, and make sure that another instance can serve."
				: "Clients with a cookie still return to it: set its state to drain.";
	}

}
