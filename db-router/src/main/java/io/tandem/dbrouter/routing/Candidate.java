package io.tandem.dbrouter.routing;

/**
 * A route that may be taken, and on which condition.
 *
 * @param route the route
 * @param outcome what taking it means for what the read must see;
 * {@link CausalOutcome#WAITED} if the node must be asked to wait first
 */
record Candidate(Route route, CausalOutcome outcome) {

	boolean mustWait() {
		return this.outcome == CausalOutcome.WAITED;
	}

}
