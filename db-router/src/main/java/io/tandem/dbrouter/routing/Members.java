package io.tandem.dbrouter.routing;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.tandem.dbrouter.topology.Node;
import io.tandem.dbrouter.topology.Topology;
import io.tandem.dbrouter.topology.TopologyMonitor;

/**
 * The nodes in their present roles.
 */
final class Members {

	private final Map<String, Member> byName = new LinkedHashMap<>();

	private final TopologyMonitor monitor;

	private volatile Roles roles;

	Members(List<Node> nodes, TopologyMonitor monitor) {
		nodes.forEach((node) -> this.byName.put(node.name(), new Member(node)));
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
		}
		return current;
	}

	List<Node> nodes() {
		return this.byName.values().stream().map(Member::node).toList();
	}

	private Member member(String name) {
		Member member = this.byName.get(name);
		if (member == null) {
			throw new IllegalStateException("There is no node " + name);
		}
		return member;
	}

}
