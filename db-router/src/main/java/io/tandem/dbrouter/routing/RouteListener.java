package io.tandem.dbrouter.routing;

import io.tandem.dbrouter.NodeRole;

/**
 * Hears of each decision, on the caller's thread when it is made; must be quick.
 */
@FunctionalInterface
public interface RouteListener {

	/** Nothing is to be done at the end. */
	Runnable NOTHING = () -> {
	};

	/**
	 * Called after a connection was taken.
	 * @param node the name of the node
	 * @param role what the node is
	 * @param reason why it was chosen
	 * @return called on the same thread when the connection was given back
	 */
	Runnable routed(String node, NodeRole role, RouteReason reason);

}
