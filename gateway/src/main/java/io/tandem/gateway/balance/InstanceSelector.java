package io.tandem.gateway.balance;

/**
 * A balancing algorithm. Has no state of its own and is called by many threads at once.
 */
@FunctionalInterface
interface InstanceSelector {

	/**
	 * Chooses the instance of the next attempt.
	 * @param candidates the instances to choose from
	 * @param client the client's key, see {@link ClientKey}
	 * @param tried those not to be chosen; at least one candidate is not among them
	 */
	Member select(Candidates candidates, long client, Tried tried);

}
