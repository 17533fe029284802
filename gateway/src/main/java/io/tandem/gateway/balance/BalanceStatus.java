package io.tandem.gateway.balance;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The balancing at one moment.
 *
 * @param tier the group of instances that serves: {@code active}, {@code standby},
 * {@code panic} (none is healthy, all are tried), {@code last-resort} (the draining
 * ones), or null when nobody may serve
 */
public record BalanceStatus(Algorithm algorithm, FailBack failBack, @Nullable String tier,
		List<InstanceStatus> instances) {

}
