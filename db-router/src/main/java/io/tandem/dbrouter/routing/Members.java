package io.tandem.dbrouter.routing;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.tandem.dbrouter.topology.Node;
import io.tandem.dbrouter.topology.Topology;
import io.tandem.dbrouter.topology.TopologyMonitor;
import org.jspecify.annotations.Nullable;

/**
 * The nodes in their present roles.
 */
final class Members {

	/** Nodes come and go; what is under way on one that went still counts. */
	private final Map<Node, Member> byNode = new ConcurrentHashMap<>();

	private final TopologyMonitor monitor;

	private volatile Roles roles;

	Members(TopologyMonitor monitor) {
		this.monitor = monitor;
		this.roles = Roles.of(monitor.topology(), this::member);
	}

	/** Worked out once for each topology. */
	@SuppressWarnings("ReferenceEquality")
	Roles roles() {
		Topology topology = this.monitor.topology();
		Roles current = this.roles;
		if (current.topology() != topology) {
			current = Roles.of(topology, this::member);
			this.roles = current;
			this.byNode.keySet().retainAll(this.monitor.nodes());
		}
		return current;
	}

	List<Node> nodes() {
		return List.copyOf(this.monitor.nodes());
	}

	/** {@code null} if the node has been removed meanwhile. */
	private @Nullable Member member(String name) {
		Node node = this.monitor.node(name);
		return (node != null) ? this.byNode.computeIfAbsent(node, Member::new) : null;
	}

}
