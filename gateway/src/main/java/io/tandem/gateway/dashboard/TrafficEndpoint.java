package io.tandem.gateway.dashboard;

import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;

/**
 * Tells the other gateways what this one counts, so that each can show the whole cluster.
 * As open as {@code prometheus}, which says the same.
 */
@WebEndpoint(id = "traffic")
final class TrafficEndpoint {

	private final TrafficMeter meter;

	TrafficEndpoint(TrafficMeter meter) {
		this.meter = meter;
	}

	@ReadOperation
	TrafficReport report() {
		return meter.report();
	}

}
