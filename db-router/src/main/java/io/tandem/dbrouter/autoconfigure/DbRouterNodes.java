package io.tandem.dbrouter.autoconfigure;

import java.util.List;

import io.tandem.dbrouter.topology.Node;
import io.tandem.dbrouter.topology.NodeSettings;

/**
 * The nodes of this application.
 *
 * @param nodes the nodes by name
 * @param settings how they are connected to
 */
record DbRouterNodes(List<Node> nodes, NodeSettings settings) {
}
