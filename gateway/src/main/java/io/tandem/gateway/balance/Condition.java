package io.tandem.gateway.balance;

import org.jspecify.annotations.Nullable;

/**
 * All that decides whether an instance takes requests, and how many. An operator outranks
 * the instance, and the instance its configuration.
 *
 * @param available whether health checks and requests find that it works
 * @param reason what made it unavailable
 * @param rampingSince when it came back, or null if it takes its whole share
 */
record Condition(Instance configured, Orders orders, Announcement announcement, boolean available, String reason,
		@Nullable Long rampingSince) {

	Condition(Instance configured) {
		this(configured, Orders.NONE, Announcement.NONE, true, "", null);
	}

	Condition with(Orders orders) {
		return new Condition(configured, orders, announcement, available, reason, rampingSince);
	}

	Condition with(Announcement announcement) {
		return new Condition(configured, orders, announcement, available, reason, rampingSince);
	}

	Condition up(@Nullable Long rampingSince) {
		return available ? this : new Condition(configured, orders, announcement, true, "", rampingSince);
	}

	Condition down(String reason) {
		return new Condition(configured, orders, announcement, false, reason, null);
	}

	Condition ramped() {
		return new Condition(configured, orders, announcement, available, reason, null);
	}

	int weight() {
		Integer weight = (orders.weight() != null) ? orders.weight() : announcement.weight();
		return (weight != null) ? weight : configured.weight();
	}

	AdminState state() {
		if (orders.state() != null) {
			return orders.state();
		}
		return (announcement.drain() && configured.state() != AdminState.MAINTENANCE) ? AdminState.DRAIN
				: configured.state();
	}

}
