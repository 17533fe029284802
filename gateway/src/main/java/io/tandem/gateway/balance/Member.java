package io.tandem.gateway.balance;

import java.util.concurrent.atomic.LongAdder;

/**
 * An instance in the pool with everything that is counted for it. Compared by identity.
 */
final class Member {

	private final Instance instance;

	private final long hash;

	private final InFlight inFlight = new InFlight();

	private final LongAdder picks = new LongAdder();

	/** Written under the pool's lock. */
	private volatile Condition condition;

	Member(Instance instance) {
		this.instance = instance;
		this.hash = ClientKey.of(instance.id());
		this.condition = new Condition(instance);
	}

	Instance instance() {
		return instance;
	}

	long hash() {
		return hash;
	}

	Condition condition() {
		return condition;
	}

	void condition(Condition condition) {
		this.condition = condition;
	}

	int inFlight() {
		return inFlight.count();
	}

	InFlight attempts() {
		return inFlight;
	}

	void begin(Dispatch dispatch) {
		picks.increment();
		inFlight.add(dispatch);
	}

	void end(Dispatch dispatch) {
		inFlight.remove(dispatch);
	}

	/** The attempts that began here since the start. */
	long picks() {
		return picks.sum();
	}

	@Override
	public String toString() {
		return instance.id();
	}

}
