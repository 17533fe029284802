package io.tandem.dbrouter.routing;

import io.tandem.dbrouter.NodeRole;

/**
 * Hears of each decision, on the caller's thread when it is made; must be quick.
 */
@FunctionalInterface
public interface RouteListener {

	/**
	 * Called after a connection was taken.
	 * @param node the name of the node
	 * @param role what the node is
	 * @param reason why it was chosen
	 */
	void routed(String node, NodeRole role, RouteReason reason);

}
