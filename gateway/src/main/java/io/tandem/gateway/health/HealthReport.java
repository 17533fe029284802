package io.tandem.gateway.health;

import org.jspecify.annotations.Nullable;

/**
 * What is believed of one instance, for people.
 *
 * @param state {@code UNKNOWN}, {@code UP} or {@code DOWN}
 * @param ejections by failed requests since the start
 * @param recentEjections those that make the next one longer
 * @param ejectedForMillis how long it stays out at least, or null if it is not ejected
 */
public record HealthReport(String state, String reason, long ejections, int recentEjections,
		@Nullable Long ejectedForMillis) {

}
