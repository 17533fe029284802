package io.tandem.webapp.visit;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How visits are counted.
 *
 * @param flushInterval time between two flushes of the counted visits to the database
 */
@ConfigurationProperties("tandem.visits")
record VisitProperties(@DefaultValue("1s") Duration flushInterval) {

	VisitProperties {
		if (flushInterval.compareTo(Duration.ofMillis(10)) < 0) {
			throw new IllegalArgumentException("tandem.visits.flush-interval must be at least 10ms");
		}
	}

}
