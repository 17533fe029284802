package io.tandem.dbrouter.topology;

import org.jspecify.annotations.Nullable;

/**
 * How one probe ended.
 *
 * @param observation what it read, {@code null} if it failed
 * @param error why it failed, {@code null} if it did not
 * @param reachable whether the node answered at all
 * @param startedAt when the probe began, in {@link System#nanoTime()}
 */
record ProbeResult(@Nullable Observation observation, @Nullable String error, boolean reachable, long startedAt) {

	static ProbeResult observed(Observation observation, long startedAt) {
		return new ProbeResult(observation, null, true, startedAt);
	}

	static ProbeResult unreadable(String error, long startedAt) {
		return new ProbeResult(null, error, true, startedAt);
	}

	static ProbeResult unreachable(String error, long startedAt) {
		return new ProbeResult(null, error, false, startedAt);
	}

}
