package io.tandem.gateway.health;

/**
 * What is believed of one instance, and how firmly. Each signal gives the next value.
 *
 * @param state whether it takes requests
 * @param contrary consecutive checks that contradict the state; at the threshold it flips
 * @param doubtful whether the instance was taken out by a failed request and no check has
 * confirmed that yet
 * @param reason what led to the state
 */
record InstanceHealth(State state, int contrary, boolean doubtful, String reason) {

	enum State {

		/** Not known yet; takes requests. One passed check is enough to be up. */
		UNKNOWN,

		/** Takes requests. */
		UP,

		/** Takes no requests. */
		DOWN

	}

	static final InstanceHealth UNKNOWN = new InstanceHealth(State.UNKNOWN, 0, false, "not checked yet");

	InstanceHealth checked(CheckResult result, int rise, int fall) {
		return result.passed() ? passed(result.detail(), rise) : failed(result.detail(), fall);
	}

	private InstanceHealth passed(String detail, int rise) {
		if (state == State.UP) {
			return (contrary == 0) ? this : new InstanceHealth(State.UP, 0, false, reason);
		}
		if (state == State.UNKNOWN || contrary + 1 >= rise) {
			return new InstanceHealth(State.UP, 0, false, detail);
		}
		return new InstanceHealth(State.DOWN, contrary + 1, false, reason);
	}

	private InstanceHealth failed(String detail, int fall) {
		if (state == State.DOWN) {
			return new InstanceHealth(State.DOWN, 0, false, detail);
		}
		if (contrary + 1 >= fall) {
			return new InstanceHealth(State.DOWN, 0, false, detail);
		}
		return new InstanceHealth(state, contrary + 1, false, reason);
	}

	/** A request failed in a way that tells against the instance. */
	InstanceHealth ejected(String why) {
		return (state == State.DOWN) ? this : new InstanceHealth(State.DOWN, 0, true, why);
	}

	boolean inRotation() {
		return state != State.DOWN;
	}

	/** Whether the next check should come soon. */
	boolean inTransition() {
		return contrary > 0 || doubtful || state == State.UNKNOWN;
	}

}
