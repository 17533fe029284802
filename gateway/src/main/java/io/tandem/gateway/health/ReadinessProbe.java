package io.tandem.gateway.health;

import java.time.Duration;

import io.tandem.gateway.balance.Instance;
import reactor.core.publisher.Mono;

/**
 * Asks an instance once whether it wants requests.
 */
@FunctionalInterface
interface ReadinessProbe {

	/** Never fails and always ends within the time-out: errors are results. */
	Mono<CheckResult> check(Instance instance, Duration timeout);

}
