package io.tandem.dbrouter.routing;

import java.util.List;

import io.tandem.dbrouter.NodeUseListener;
import io.tandem.dbrouter.failover.WriteGate;
import io.tandem.dbrouter.topology.Node;
import io.tandem.dbrouter.topology.Topology;
import io.tandem.dbrouter.topology.TopologyMonitor;

/**
 * What the routed connections of a data source share.
 */
public final class Router {

	private final TopologyMonitor monitor;

	private final Members members;

	private final NodeConnections connections;

	private final MetaDataFacts facts = new MetaDataFacts();

	/**
	 * Creates a router.
	 * @param monitor knows the nodes and what they are
	 * @param gate where writes wait while there is no primary
	 * @param settings how units of work are done
	 * @param causality knows what reads must see
	 * @param useListeners hear when a connection goes back
	 * @param routeListeners hear when a connection was taken
	 */
	public Router(TopologyMonitor monitor, WriteGate gate, RoutingSettings settings, Causality causality,
			List<NodeUseListener> useListeners, List<RouteListener> routeListeners) {
		this.monitor = monitor;
		this.members = new Members(monitor);
		this.connections = new NodeConnections(this.members,
				new RoutePlanner(new ReplicaOrder(settings.slowStart(), System::nanoTime)), monitor, gate,
				new RouteEvents(useListeners, routeListeners), settings, causality);
	}

	Topology topology() {
		return this.monitor.topology();
	}

	List<Node> nodes() {
		return this.members.nodes();
	}

	NodeConnections connections() {
		return this.connections;
	}

	MetaDataFacts facts() {
		return this.facts;
	}

}
