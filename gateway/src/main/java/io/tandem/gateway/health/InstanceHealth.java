package io.tandem.gateway.health;

/**
 * What is believed of one instance, and how firmly. Each signal gives the next value.
 *
 * @param state whether it takes requests
 * @param contrary consecutive checks that contradict the state; at the threshold it flips
 * @param doubtful whether the instance was taken out by a failed request and no check has
 * confirmed that yet
 * @param cold whether checks found it down, so that it may have been restarted
 * @param reason what led to the state
 */
record InstanceHealth(State state, int contrary, boolean doubtful, boolean cold, String reason) {

	enum State {

		/** Not known yet; takes requests. One passed check is enough to be up. */
		UNKNOWN,

		/** Takes requests. */
		UP,

		/** Takes no requests. */
		DOWN

	}

	static final InstanceHealth UNKNOWN = new InstanceHealth(State.UNKNOWN, 0, false, false, "not checked yet");

	/** Found while the gateway runs: takes no requests before its checks have passed. */
	static final InstanceHealth NEW = new InstanceHealth(State.DOWN, 0, true, true, "new, not checked yet");

	static final InstanceHealth GONE = new InstanceHealth(State.DOWN, 0, false, true, "has left");

	/**
	 * The health after a check.
	 * @param ejected whether failed requests keep the instance out for longer, whatever
	 * passed checks say
	 */
	InstanceHealth checked(CheckResult result, int rise, int fall, boolean ejected) {
		return result.passed() ? passed(result.detail(), rise, ejected) : failed(result.detail(), fall);
	}

	private InstanceHealth passed(String detail, int rise, boolean ejected) {
		if (state == State.UP) {
			return (contrary == 0) ? this : new InstanceHealth(State.UP, 0, false, false, reason);
		}
		if (state == State.DOWN && !cold && ejected) {
			return new InstanceHealth(State.DOWN, 0, false, false, reason);
		}
		if (state == State.UNKNOWN || contrary + 1 >= rise) {
			return new InstanceHealth(State.UP, 0, false, false, detail);
		}
		return new InstanceHealth(State.DOWN, contrary + 1, false, cold, reason);
	}

	private InstanceHealth failed(String detail, int fall) {
		if (state == State.DOWN || contrary + 1 >= fall) {
			return new InstanceHealth(State.DOWN, 0, false, true, detail);
		}
		return new InstanceHealth(state, contrary + 1, false, false, reason);
	}

	/** Requests failed in a way that tells against the instance. */
	InstanceHealth ejected(String why) {
		return (state == State.DOWN) ? this : new InstanceHealth(State.DOWN, 0, true, false, why);
	}

	boolean inRotation() {
		return state != State.DOWN;
	}

	/** Whether the next check should come soon. */
	boolean inTransition() {
		return contrary > 0 || doubtful || state == State.UNKNOWN;
	}

}
