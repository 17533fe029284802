package io.tandem.gateway.management;

import java.util.List;

import io.tandem.gateway.balance.InstanceStatus;
import io.tandem.gateway.health.HealthReport;
import org.jspecify.annotations.Nullable;

/**
 * The whole picture: what the endpoint shows.
 *
 * @param node the gateway that answers; counters are its own
 * @param tier the group that serves, see
 * {@link io.tandem.gateway.balance.BalanceStatus#tier()}
 * @param changeable whether a password is set, so that operators can change anything
 */
record BalancerView(String node, String algorithm, String failBack, @Nullable String tier, boolean changeable,
		List<InstanceView> instances) {

	/** One instance: how it takes part, and how it is. */
	record InstanceView(InstanceStatus balancing, HealthReport health) {

	}

}
