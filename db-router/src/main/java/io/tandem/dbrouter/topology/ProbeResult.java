package io.tandem.dbrouter.topology;

import org.jspecify.annotations.Nullable;

/**
 * How one probe ended.
 *
 * @param outcome how
 * @param observation what it read, {@code null} if it failed
 * @param error why it failed, {@code null} if it did not
 * @param startedAt when the probe began, in {@link System#nanoTime()}
 */
record ProbeResult(Outcome outcome, @Nullable Observation observation, @Nullable String error, long startedAt) {

	/** What is certain after a probe. */
	enum Outcome {

		/** The node answered. */
		OBSERVED,

		/** The node answered with an error. */
		UNREADABLE,

		/**
		 * Nothing came back in time: the node may be dead, slow or behind a lost packet.
		 */
		MISSED,

		/** Nobody is there: the connection was refused or ended. */
		REFUSED

	}

	static ProbeResult observed(Observation observation, long startedAt) {
		return new ProbeResult(Outcome.OBSERVED, observation, null, startedAt);
	}

	static ProbeResult unreadable(String error, long startedAt) {
		return new ProbeResult(Outcome.UNREADABLE, null, error, startedAt);
	}

	static ProbeResult missed(String error, long startedAt) {
		return new ProbeResult(Outcome.MISSED, null, error, startedAt);
	}

	static ProbeResult refused(String error, long startedAt) {
		return new ProbeResult(Outcome.REFUSED, null, error, startedAt);
	}

}
