package io.tandem.dbrouter.routing;

import io.tandem.dbrouter.NodeRole;
import io.tandem.dbrouter.topology.Node;

/**
 * Where a unit of work goes.
 *
 * @param member the node
 * @param role what the node is
 * @param reason why it was chosen
 */
record Route(Member member, NodeRole role, RouteReason reason) {

	Node node() {
		return this.member.node();
	}

	boolean isRead() {
		return this.reason.isRead();
	}

}
