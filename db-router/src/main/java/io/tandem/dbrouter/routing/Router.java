package io.tandem.dbrouter.routing;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import io.tandem.dbrouter.NodeRole;
import io.tandem.dbrouter.NodeUse;
import io.tandem.dbrouter.NodeUseListener;
import io.tandem.dbrouter.PrimaryUnavailableException;
import io.tandem.dbrouter.topology.Node;
import io.tandem.dbrouter.topology.NodeState;
import io.tandem.dbrouter.topology.SqlErrors;
import io.tandem.dbrouter.topology.Topology;
import io.tandem.dbrouter.topology.TopologyMonitor;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the node for a unit of work and takes a connection to it.
 */
public final class Router {

	private static final Log logger = LogFactory.getLog(Router.class);

	private final Map<String, Node> nodes = new LinkedHashMap<>();

	private final TopologyMonitor monitor;

	private final List<NodeUseListener> useListeners;

	private final List<RouteListener> routeListeners;

	private final AtomicInteger turn = new AtomicInteger();

	/** Boot asks for the product while it starts, perhaps without a node to ask. */
	private final Map<String, Object> metaData = new ConcurrentHashMap<>(Map.of("getDatabaseProductName", "MySQL"));

	/**
	 * Creates a router.
	 * @param nodes the nodes
	 * @param monitor knows what they are
	 * @param useListeners hear when a connection goes back
	 * @param routeListeners hear when a connection was taken
	 */
	public Router(List<Node> nodes, TopologyMonitor monitor, List<NodeUseListener> useListeners,
			List<RouteListener> routeListeners) {
		nodes.forEach((node) -> this.nodes.put(node.name(), node));
		this.monitor = monitor;
		this.useListeners = List.copyOf(useListeners);
		this.routeListeners = List.copyOf(routeListeners);
	}

	Topology topology() {
		return this.monitor.topology();
	}

	/** What the driver says of itself and of the servers, by method name. */
	Map<String, Object> metaData() {
		return this.metaData;
	}

	Map<String, Node> nodes() {
		return this.nodes;
	}

	/**
	 * The routes of a unit of work of this thread, the best first.
	 */
	List<Route> routes() {
		Topology topology = topology();
		if (!TransactionView.isReadOnly()) {
			RouteReason reason = TransactionView.isActive() ? RouteReason.READ_WRITE : RouteReason.NO_TRANSACTION;
			Node primary = primary(topology);
			return (primary != null) ? List.of(new Route(primary, NodeRole.PRIMARY, reason)) : List.of();
		}
		return readRoutes(topology);
	}

	private List<Route> readRoutes(Topology topology) {
		List<Route> trusted = new ArrayList<>();
		List<Route> suspect = new ArrayList<>();
		for (Node replica : replicas(topology)) {
			(replica.isSuspect() ? suspect : trusted).add(new Route(replica, NodeRole.REPLICA, RouteReason.READ_ONLY));
		}
		Node primary = primary(topology);
		if (primary != null) {
			(primary.isSuspect() ? suspect : trusted).add(new Route(primary, NodeRole.PRIMARY, RouteReason.NO_REPLICA));
		}
		trusted.addAll(suspect);
		return trusted;
	}

	private List<Node> replicas(Topology topology) {
		List<Node> replicas = new ArrayList<>();
		topology.nodes().forEach((status) -> {
			if (status.state() == NodeState.REPLICA) {
				replicas.add(node(status.name()));
			}
		});
		if (replicas.size() > 1) {
			Collections.rotate(replicas, Math.floorMod(this.turn.getAndIncrement(), replicas.size()));
		}
		return replicas;
	}

	private @Nullable Node primary(Topology topology) {
		return (topology.primary() != null) ? node(topology.primary()) : null;
	}

	private Node node(String name) {
		Node node = this.nodes.get(name);
		if (node == null) {
			throw new IllegalStateException("There is no node " + name);
		}
		return node;
	}

	/**
	 * Takes a connection for a unit of work of this thread.
	 * @param preparation what to do with it first; if it fails, the next node is tried
	 */
	RoutedUse acquire(Preparation preparation) throws SQLException {
		List<Route> routes = routes();
		SQLException lastError = null;
		for (Route route : routes) {
			try {
				RoutedUse use = open(route, preparation);
				routed(route);
				return use;
			}
			catch (SQLException ex) {
				this.monitor.suspect(route.node());
				logger.debug("No connection to " + route.node(), ex);
				lastError = ex;
			}
		}
		throw noNode(routes, lastError);
	}

	private RoutedUse open(Route route, Preparation preparation) throws SQLException {
		long takenAt = System.nanoTime();
		Connection connection = route.node().getConnection();
		RoutedUse use = new RoutedUse(this, route, connection, takenAt);
		try {
			preparation.prepare(use);
			return use;
		}
		catch (SQLException ex) {
			connection.close();
			throw ex;
		}
	}

	private SQLException noNode(List<Route> tried, @Nullable SQLException lastError) {
		String error = (lastError != null) ? "; last error: " + SqlErrors.oneLine(lastError) : "";
		if (TransactionView.isReadOnly()) {
			SQLException failure = new SQLTransientConnectionException(
					"No node can answer a read. Nodes: " + topology().describe() + error, "08001");
			if (lastError != null) {
				failure.addSuppressed(lastError);
			}
			return failure;
		}
		String what = tried.isEmpty() ? "No node is the primary"
				: "The primary " + tried.get(0).node() + " gave no connection";
		return new PrimaryUnavailableException(
				what + ", so nothing can be written. Nodes: " + topology().describe() + error, lastError);
	}

	/**
	 * Takes a connection to any node that is up, for questions that every node answers
	 * alike.
	 */
	Connection acquireAny() throws SQLException {
		SQLException lastError = null;
		for (Node node : anyUp()) {
			try {
				return node.getConnection();
			}
			catch (SQLException ex) {
				lastError = ex;
			}
		}
		SQLException failure = new SQLTransientConnectionException(
				"No node can be asked for its metadata. Nodes: " + topology().describe(), "08001");
		if (lastError != null) {
			failure.addSuppressed(lastError);
		}
		throw failure;
	}

	private List<Node> anyUp() {
		Topology topology = topology();
		List<Node> up = new ArrayList<>();
		Node primary = primary(topology);
		if (primary != null) {
			up.add(primary);
		}
		topology.nodes().forEach((status) -> {
			if (status.state() == NodeState.REPLICA || status.state() == NodeState.DETACHED) {
				up.add(node(status.name()));
			}
		});
		up.sort(Comparator.comparing(Node::isSuspect));
		return up;
	}

	void suspect(Node node) {
		this.monitor.suspect(node);
	}

	void probeAll() {
		this.monitor.probeAll();
	}

	private void routed(Route route) {
		for (RouteListener listener : this.routeListeners) {
			try {
				listener.routed(route.node().name(), route.role(), route.reason());
			}
			catch (RuntimeException ex) {
				logger.warn("A RouteListener failed", ex);
			}
		}
	}

	void used(NodeUse use) {
		for (NodeUseListener listener : this.useListeners) {
			try {
				listener.nodeUsed(use);
			}
			catch (RuntimeException ex) {
				logger.warn("A NodeUseListener failed", ex);
			}
		}
	}

	/** What a fresh connection needs before its first statement. */
	@FunctionalInterface
	interface Preparation {

		void prepare(RoutedUse use) throws SQLException;

	}

}
