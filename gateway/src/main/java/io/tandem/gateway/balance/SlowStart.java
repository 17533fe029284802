package io.tandem.gateway.balance;

import java.time.Duration;

/**
 * The share of its weight that an instance gets after it was down: a tenth at first, then
 * more every twentieth of the window, all of it at its end. Caches are cold, and on the
 * JVM the code too.
 */
final class SlowStart {

	private static final int STEPS = 20;

	private static final int LEAST_PERCENT = 10;

	private final long window;

	SlowStart(Duration window) {
		this.window = window.toNanos();
	}

	boolean isOn() {
		return window > 0;
	}

	/** Percent of the weight after this many nanoseconds. */
	int percent(long elapsed) {
		return isOver(elapsed) ? 100 : Math.max(LEAST_PERCENT, (int) (step(elapsed) * 100 / STEPS));
	}

	boolean isOver(long elapsed) {
		return elapsed >= window;
	}

	/** Nanoseconds after the return at which the share grows next. */
	long nextStep(long elapsed) {
		return Math.ceilDiv((step(elapsed) + 1) * window, STEPS);
	}

	private long step(long elapsed) {
		return elapsed * STEPS / window;
	}

}
