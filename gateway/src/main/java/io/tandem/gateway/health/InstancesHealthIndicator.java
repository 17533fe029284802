package io.tandem.gateway.health;

import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Shows every instance under {@code instances} of the health endpoint: UP as long as one
 * takes requests. It is no part of readiness: a gateway without instances answers 503
 * with a reason, which is better than no gateway.
 */
final class InstancesHealthIndicator implements HealthIndicator {

	private final HealthBoard board;

	InstancesHealthIndicator(HealthBoard board) {
		this.board = board;
	}

	@Override
	public Health health() {
		Map<String, Object> details = new LinkedHashMap<>();
		boolean any = false;
		for (var entry : board.states().entrySet()) {
			InstanceHealth health = entry.getValue();
			any |= health.inRotation();
			details.put(entry.getKey().id(), Map.of("state", health.state(), "reason", health.reason()));
		}
		return (any ? Health.up() : Health.down()).withDetails(details).build();
	}

}
