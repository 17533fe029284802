package io.tandem.gateway.control;

import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * The last known value of one thing that operators can change. Of two values the one with
 * the higher counter wins, then the one of the node whose name sorts last: every gateway
 * comes to the same result, whatever the order in which it hears of them.
 *
 * @param value null after a reset to the configuration
 * @param counter higher than any that the writer knew (Lamport's clock)
 * @param node the gateway at which it was written
 * @param by who wrote it
 * @param at when, for people
 */
record Setting(@Nullable String value, long counter, String node, String by, Instant at) {

	/** Values decide where two gateways have the same name by mistake. */
	private static final Comparator<Setting> ORDER = Comparator.comparingLong(Setting::counter)
		.thenComparing(Setting::node)
		.thenComparing((setting) -> String.valueOf(setting.value()));

	Setting {
		// Neither a peer nor a file edited by hand may bring in half a version.
		Objects.requireNonNull(node, "node");
		Objects.requireNonNull(by, "by");
		Objects.requireNonNull(at, "at");
	}

	boolean isNewerThan(@Nullable Setting other) {
		return other == null || ORDER.compare(this, other) > 0;
	}

}
