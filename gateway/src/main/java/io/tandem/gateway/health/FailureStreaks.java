package io.tandem.gateway.health;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

import io.tandem.gateway.balance.Failure;
import org.jspecify.annotations.Nullable;

/**
 * Consecutive failures of one instance, each kind counted by itself: an answer of any
 * kind ends the failed connections, and only a good one the error answers.
 */
final class FailureStreaks {

	private final AtomicInteger connectErrors = new AtomicInteger();

	private final AtomicInteger resets = new AtomicInteger();

	private final AtomicInteger errorAnswers = new AtomicInteger();

	private volatile @Nullable Long lastErrorAnswer;

	/** Returns whether the threshold is reached. */
	boolean failed(Failure failure, EjectionProperties thresholds) {
		return switch (failure) {
			case UNREACHABLE -> reached(connectErrors.incrementAndGet(), thresholds.connectErrors());
			case BROKEN -> reached(resets.incrementAndGet(), thresholds.resets());
			default -> false;
		};
	}

	/** Returns whether the threshold is reached. */
	boolean answered(int status, EjectionProperties thresholds, LongSupplier nanoTime) {
		clear(connectErrors);
		clear(resets);
		if (status < 502 || status > 504) {
			clear(errorAnswers);
			return false;
		}
		lastErrorAnswer = nanoTime.getAsLong();
		return reached(errorAnswers.incrementAndGet(), thresholds.errorAnswers());
	}

	/** Whether one of the answers since that moment was an error, the last one or not. */
	boolean hasErrorAnswerSince(long nanos) {
		Long last = lastErrorAnswer;
		return last != null && last - nanos >= 0;
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
