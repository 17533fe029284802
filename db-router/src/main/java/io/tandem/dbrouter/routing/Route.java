package io.tandem.dbrouter.routing;

import io.tandem.dbrouter.NodeRole;
import io.tandem.dbrouter.topology.Node;

/**
 * Where a unit of work goes.
 *
 * @param node the node
 * @param role what the node is
 * @param reason why it was chosen
 */
record Route(Node node, NodeRole role, RouteReason reason) {

	boolean isRead() {
		return this.reason == RouteReason.READ_ONLY || this.reason == RouteReason.NO_REPLICA;
	}

}
