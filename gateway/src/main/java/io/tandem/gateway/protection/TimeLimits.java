package io.tandem.gateway.protection;

import java.time.Duration;

/**
 * Time limits in ticks: connections count ticks instead of asking for the time.
 *
 * @param tick a fifth of the shortest limit, at most a second
 */
record TimeLimits(Duration tick, int header, int idle, int patience, long bytesPerTick) {

	static TimeLimits of(LimitProperties properties) {
		long shortest = Math.min(properties.headerTimeout().toMillis(),
				Math.min(properties.idleTimeout().toMillis(), properties.stallTimeout().toMillis()));
		long tick = Math.clamp(shortest / 5, 20, 1000);
		return new TimeLimits(Duration.ofMillis(tick), ticks(properties.headerTimeout(), tick),
				ticks(properties.idleTimeout(), tick), ticks(properties.stallTimeout(), tick),
				Math.max(1, properties.minimumRate().toBytes() * tick / 1000));
	}

	private static int ticks(Duration limit, long tick) {
		return Math.toIntExact(Math.ceilDiv(limit.toMillis(), tick));
	}

	MinimumRate newRate() {
		return new MinimumRate(bytesPerTick, patience);
	}

}
