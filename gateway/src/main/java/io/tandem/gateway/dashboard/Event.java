package io.tandem.gateway.dashboard;

/**
 * Something that happened in the cluster.
 *
 * @param number counts them
 * @param timeMillis when it was seen here
 * @param kind {@code up}, {@code down}, {@code change} or {@code note}
 */
record Event(long number, long timeMillis, Kind kind, String text) {

	enum Kind {

		UP, DOWN, CHANGE, NOTE

	}

}
