package io.tandem.dbrouter.topology;

import java.time.Duration;

/**
 * How far a replica is behind.
 *
 * @param time the age of the oldest change it lacks; while there is no primary, its age
 * when the primary was last seen
 * @param transactions how many transactions of the primary it lacks
 */
public record Lag(Duration time, long transactions) {

	/** Nothing is missing. */
	public static final Lag NONE = new Lag(Duration.ZERO, 0);

}
