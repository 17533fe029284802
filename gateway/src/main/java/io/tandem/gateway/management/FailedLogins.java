package io.tandem.gateway.management;

import java.time.Duration;
import java.util.function.BiConsumer;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.tandem.gateway.control.Actor;

/**
 * Audits failed logins: five at once, then one a minute with the number of those between.
 * Whoever tries passwords must not push everything else out of the log. The name that was
 * tried is not kept: it may be a password in the wrong field.
 */
final class FailedLogins {

	static final int AT_ONCE = 5;

	private final BiConsumer<Actor, String> audit;

	private final Bucket entries;

	private int unnoted;

	/**
	 * Creates it.
	 * @param entries how many entries may be made
	 */
	FailedLogins(BiConsumer<Actor, String> audit, Bucket entries) {
		this.audit = audit;
		this.entries = entries;
	}

	static Bucket entries() {
		return Bucket.builder()
			.addLimit(Bandwidth.builder().capacity(AT_ONCE).refillIntervally(1, Duration.ofMinutes(1)).build())
			.build();
	}

	synchronized void note(String address) {
		if (!entries.tryConsume(1)) {
			unnoted++;
			return;
		}
		audit.accept(new Actor("somebody", address),
				"failed to log in" + ((unnoted > 0) ? ", and %d times since the last entry".formatted(unnoted) : ""));
		unnoted = 0;
	}

}
