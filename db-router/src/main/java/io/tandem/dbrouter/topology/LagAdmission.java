package io.tandem.dbrouter.topology;

import java.time.Duration;

/**
 * Decides whether a replica is too far behind. One that was readmitted and soon is too
 * far behind again has to be well for twice as long the next time, so that a lag that
 * swings widely does not let it flap either. Not thread-safe.
 */
final class LagAdmission {

	private static final Duration SOON = Duration.ofMinutes(2);

	private static final int MOST_DOUBLINGS = 5;

	private boolean lagging;

	private int goodProbes;

	private int doublings = -1;

	private long readmittedAt;

	void accept(Lag lag, LagLimit limit, long at) {
		if (limit.isExceeded(lag)) {
			if (!this.lagging) {
				demote(at);
			}
			this.goodProbes = 0;
		}
		else if (this.lagging) {
			this.goodProbes = limit.isWell(lag) ? this.goodProbes + 1 : 0;
			if (this.goodProbes >= limit.goodProbes() << this.doublings) {
				this.lagging = false;
				this.readmittedAt = at;
			}
		}
	}

	private void demote(long at) {
		this.lagging = true;
		boolean again = this.doublings >= 0 && at - this.readmittedAt < SOON.toNanos();
		this.doublings = again ? Math.min(this.doublings + 1, MOST_DOUBLINGS) : 0;
	}

	boolean isLagging() {
		return this.lagging;
	}

}
