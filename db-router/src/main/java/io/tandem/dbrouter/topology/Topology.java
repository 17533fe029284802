package io.tandem.dbrouter.topology;

import java.sql.Connection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * All nodes at one moment; immutable.
 *
 * @param nodes the nodes by name
 * @param primary the name of the primary, {@code null} if there is none
 * @param writable the names of the nodes that take writes: more than one is an alarm
 * @param semiSync semi-synchronous replication as the primary sees it
 * @param transactionIsolation the servers' default isolation level, as in
 * {@link Connection}
 * @param handover whether a planned switchover is under way
 */
public record Topology(List<NodeStatus> nodes, @Nullable String primary, List<String> writable, SemiSync semiSync,
		int transactionIsolation, Handover handover) {

	public Topology {
		nodes = List.copyOf(nodes);
		writable = List.copyOf(writable);
	}

	/**
	 * The topology before any node was probed.
	 * @param names the names of the nodes
	 * @return all nodes, unknown
	 */
	static Topology unknown(List<String> names) {
		return new Topology(
				names.stream().map((name) -> new NodeStatus(name, NodeState.UNKNOWN, "not probed yet", null)).toList(),
				null, List.of(), SemiSync.UNKNOWN, Connection.TRANSACTION_REPEATABLE_READ, Handover.NONE);
	}

	/**
	 * The status of a node.
	 * @param name its name
	 * @return its status, empty if there is no such node
	 */
	public Optional<NodeStatus> node(String name) {
		return this.nodes.stream().filter((node) -> node.name().equals(name)).findFirst();
	}

	/**
	 * Whether a write would find a primary.
	 * @return {@code true} if there is a primary
	 */
	public boolean acceptsWrites() {
		return this.primary != null;
	}

	/**
	 * Whether a read would find a node.
	 * @return {@code true} if there is a primary or a replica
	 */
	public boolean answersReads() {
		return this.nodes.stream().anyMatch((node) -> node.state().isRoutable());
	}

	/**
	 * Whether more than one node takes writes: the data may split.
	 * @return {@code true} if somebody has to make all but one read-only
	 */
	public boolean isSplit() {
		return this.writable.size() > 1;
	}

	/**
	 * All nodes in words, for messages.
	 * @return one line
	 */
	public String describe() {
		return this.nodes.stream().map(NodeStatus::toString).collect(Collectors.joining(", "));
	}

}
