package io.tandem.cluster;

import java.util.List;
import java.util.Optional;

/**
 * What is known of a cluster at one moment.
 *
 * @param nodes all nodes, in the order of their names' layers
 */
public record ClusterStatus(List<NodeStatus> nodes) {

	public ClusterStatus {
		nodes = List.copyOf(nodes);
	}

	/** Whether every node does its work. */
	public boolean isHealthy() {
		return this.nodes.stream().allMatch((node) -> node.state() == NodeStatus.State.UP);
	}

	/** Whether any node runs. */
	public boolean isRunning() {
		return this.nodes.stream().anyMatch((node) -> node.state() != NodeStatus.State.DOWN);
	}

	/**
	 * Tells whether a commit is on both database nodes before it is acknowledged. The
	 * primary itself notices the loss of its replica only at the next commit.
	 * @return whether it is; empty if there is no primary to ask
	 */
	public Optional<Boolean> semiSynchronous() {
		boolean replica = this.nodes.stream()
			.anyMatch((node) -> node.role().equals("replica") && node.state() == NodeStatus.State.UP);
		return this.nodes.stream()
			.flatMap((node) -> node.semiSynchronous().stream())
			.findFirst()
			.map((reported) -> reported && replica);
	}

	/** The resident memory of all nodes in bytes. */
	public long residentBytes() {
		return this.nodes.stream().mapToLong((node) -> node.residentBytes().orElse(0)).sum();
	}

	/**
	 * Gives one node.
	 * @param node the node
	 * @return its status
	 */
	public NodeStatus of(Node node) {
		return this.nodes.stream()
			.filter((each) -> each.node() == node)
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException(node + " is not part of this cluster"));
	}

}
