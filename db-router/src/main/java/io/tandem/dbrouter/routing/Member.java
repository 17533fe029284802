package io.tandem.dbrouter.routing;

import java.util.concurrent.atomic.AtomicInteger;

import io.tandem.dbrouter.topology.Node;

/**
 * A node and how many units of work are on it now.
 *
 * @param node the node
 * @param active the units of work that hold a connection to it
 */
record Member(Node node, AtomicInteger active) {

	Member(Node node) {
		this(node, new AtomicInteger());
	}

	@Override
	public String toString() {
		return this.node.toString();
	}

}
