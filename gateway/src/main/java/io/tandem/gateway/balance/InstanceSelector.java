package io.tandem.gateway.balance;

import java.util.List;

/**
 * A balancing algorithm. Called by many threads at once.
 */
@FunctionalInterface
public interface InstanceSelector {

	/**
	 * Chooses the instance of the next request.
	 * @param candidates the instances to choose from, at least one; the same list object
	 * until an instance enters or leaves the rotation
	 * @return one of the candidates
	 */
	Instance select(List<Instance> candidates);

}
