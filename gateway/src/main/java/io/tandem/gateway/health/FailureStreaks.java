package io.tandem.gateway.health;

import java.util.concurrent.atomic.AtomicInteger;

import io.tandem.gateway.balance.Failure;

/**
 * Consecutive failures of one instance, each kind counted by itself: an answer of any
 * kind ends the failed connections, and only a good one the error answers.
 */
final class FailureStreaks {

	private final AtomicInteger connectErrors = new AtomicInteger();

	private final AtomicInteger resets = new AtomicInteger();

	private final AtomicInteger errorAnswers = new AtomicInteger();

	/** Returns whether the threshold is reached. */
	boolean failed(Failure failure, EjectionProperties thresholds) {
		return switch (failure) {
			case UNREACHABLE -> reached(connectErrors.incrementAndGet(), thresholds.connectErrors());
			case BROKEN -> reached(resets.incrementAndGet(), thresholds.resets());
			default -> false;
		};
	}

	/** Returns whether the threshold is reached. */
	boolean answered(int status, EjectionProperties thresholds) {
		clear(connectErrors);
		clear(resets);
		if (status < 502 || status > 504) {
			clear(errorAnswers);
			return false;
		}
		return reached(errorAnswers.incrementAndGet(), thresholds.errorAnswers());
	}

	boolean hasErrorAnswers() {
		return errorAnswers.get() > 0;
	}

	void reset() {
		clear(connectErrors);
		clear(resets);
		clear(errorAnswers);
	}

	private static boolean reached(int count, int threshold) {
		return threshold > 0 && count >= threshold;
	}

	/** Nearly always it is zero, and reading costs less than writing. */
	private static void clear(AtomicInteger streak) {
		if (streak.get() != 0) {
			streak.set(0);
		}
	}

}
