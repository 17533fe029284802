package io.tandem.gateway.health;

import io.tandem.gateway.balance.Instance;

/**
 * Hears when an instance comes or goes.
 */
@FunctionalInterface
public interface HealthListener {

	/**
	 * Called under a lock: must be quick.
	 * @param up whether it can take requests now
	 * @param reason what led to that
	 */
	void changed(Instance instance, boolean up, String reason);

}
