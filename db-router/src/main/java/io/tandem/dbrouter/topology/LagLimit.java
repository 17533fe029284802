package io.tandem.dbrouter.topology;

import java.time.Duration;

/**
 * How far a replica may be behind before it takes no more reads. It is readmitted below
 * half of that, so that a lag that swings around the limit does not let it flap.
 *
 * @param max the most it may be behind
 * @param goodProbes how many probes in a row have to find it well again
 */
public record LagLimit(Duration max, int goodProbes) {

	boolean isExceeded(Lag lag) {
		return lag.time().compareTo(this.max) > 0;
	}

	boolean isWell(Lag lag) {
		return lag.time().compareTo(this.max.dividedBy(2)) < 0;
	}

}
