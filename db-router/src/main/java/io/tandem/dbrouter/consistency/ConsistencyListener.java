package io.tandem.dbrouter.consistency;

import java.time.Duration;

import io.tandem.dbrouter.routing.CausalOutcome;

/**
 * Hears what becomes of causal reads and of tokens.
 */
public interface ConsistencyListener {

	/** Hears nothing. */
	ConsistencyListener NONE = new ConsistencyListener() {
	};

	/**
	 * A read that had to see something has its node, or none.
	 * @param outcome how it came to it
	 */
	default void settled(CausalOutcome outcome) {
	}

	/**
	 * A replica was waited for.
	 * @param time for how long
	 * @param caughtUp whether it had caught up in time
	 */
	default void waited(Duration time, boolean caughtUp) {
	}

	/**
	 * A token came or was made.
	 * @param outcome what became of it
	 */
	default void token(TokenOutcome outcome) {
	}

}
