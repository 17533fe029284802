package io.tandem.dbrouter.consistency;

import java.time.Duration;

import io.tandem.dbrouter.ConsistencyLevel;
import io.tandem.dbrouter.OnTimeout;
import io.tandem.dbrouter.ReadConsistency;

import org.springframework.boot.convert.DurationStyle;

/**
 * What reads must see and what is done for it.
 *
 * @param level what they must see
 * @param maxWait how long a replica is waited for, zero to not wait
 * @param onTimeout what happens then
 */
public record ReadPolicy(ConsistencyLevel level, Duration maxWait, OnTimeout onTimeout) {

	/**
	 * The policy of an annotated method.
	 * @param annotation the annotation
	 * @return this policy with what the annotation says
	 * @throws IllegalArgumentException if the annotation's duration is none
	 */
	ReadPolicy with(ReadConsistency annotation) {
		return new ReadPolicy((annotation.level() != ConsistencyLevel.DEFAULT) ? annotation.level() : this.level,
				annotation.maxWait().isEmpty() ? this.maxWait : DurationStyle.detectAndParse(annotation.maxWait()),
				(annotation.onTimeout() != OnTimeout.DEFAULT) ? annotation.onTimeout() : this.onTimeout);
	}

}
