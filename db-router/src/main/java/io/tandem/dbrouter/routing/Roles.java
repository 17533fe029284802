package io.tandem.dbrouter.routing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

import io.tandem.dbrouter.topology.NodeState;
import io.tandem.dbrouter.topology.NodeStatus;
import io.tandem.dbrouter.topology.Topology;
import org.jspecify.annotations.Nullable;

/**
 * Who can do what in one topology; immutable but for what its members count.
 *
 * @param topology the topology
 * @param primary takes writes, {@code null} if there is none
 * @param replicas take reads
 * @param up all nodes that answer, the primary first
 */
record Roles(Topology topology, @Nullable Member primary, List<Member> replicas, List<Member> up) {

	static Roles of(Topology topology, Function<String, @Nullable Member> members) {
		Member primary = (topology.primary() != null) ? members.apply(topology.primary()) : null;
		List<Member> replicas = new ArrayList<>();
		List<Member> up = new ArrayList<>();
		if (primary != null) {
			up.add(primary);
		}
		for (NodeStatus status : topology.nodes()) {
			Member member = members.apply(status.name());
			if (member == null) {
				continue;
			}
			if (status.state() == NodeState.REPLICA) {
				replicas.add(member);
				up.add(member);
			}
			else if (status.state() == NodeState.DETACHED || status.state() == NodeState.LAGGING) {
				up.add(member);
			}
		}
		return new Roles(topology, primary, List.copyOf(replicas), List.copyOf(up));
	}

	/** The nodes that can be asked what every node answers alike, trusted ones first. */
	List<Member> anyUp() {
		return this.up.stream().sorted(Comparator.comparing((member) -> member.node().isSuspect())).toList();
	}

}
