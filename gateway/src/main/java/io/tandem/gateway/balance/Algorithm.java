package io.tandem.gateway.balance;

import java.util.Locale;

/**
 * How an instance is chosen among those that can serve. All of them share the instances'
 * counters, so that a change of algorithm loses nothing.
 */
public enum Algorithm {

	/** In turn, each as often as its weight says, spread evenly. */
	ROUND_ROBIN(new RoundRobinSelector(), false),

	/** The one with the fewest requests in flight for its weight. */
	LEAST_CONNECTIONS(new LeastConnectionsSelector(), true),

	/** The same for the same client address, unless it is overloaded. */
	IP_HASH(new ClientHashSelector(), true),

	/**
	 * The active ones in turn, and the standby ones only when no active one is left. If
	 * no instance is marked as standby, the first serves and the others wait in order.
	 */
	ACTIVE_PASSIVE(new RoundRobinSelector(), false),

	/** The less loaded of two chosen at random. */
	RANDOM_TWO_CHOICES(new RandomTwoChoicesSelector(), true);

	/** None has a state. */
	@SuppressWarnings("ImmutableEnumChecker")
	private final InstanceSelector selector;

	private final boolean byLoad;

	Algorithm(InstanceSelector selector, boolean byLoad) {
		this.selector = selector;
		this.byLoad = byLoad;
	}

	InstanceSelector selector() {
		return selector;
	}

	/** Whether the requests in flight influence the choice. */
	boolean byLoad() {
		return byLoad;
	}

	/** The name in properties and in the management API, {@code ip-hash} for example. */
	public String text() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
