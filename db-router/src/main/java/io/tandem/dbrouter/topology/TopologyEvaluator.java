package io.tandem.dbrouter.topology;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Turns what the probes saw into a topology. Not thread-safe; knows no clock but that of
 * the probes.
 */
final class TopologyEvaluator {

	private final EvaluationRules rules;

	private final Map<String, NodeMemory> memories = new LinkedHashMap<>();

	private final LagEstimator lags = new LagEstimator();

	private @Nullable String primary;

	/**
	 * Creates an evaluator.
	 * @param names the names of all nodes
	 * @param rules what to go by
	 */
	TopologyEvaluator(List<String> names, EvaluationRules rules) {
		this.rules = rules;
		names.forEach(this::add);
	}

	/** From now on there is a node more, not looked at yet. */
	void add(String name) {
		this.memories.putIfAbsent(name, new NodeMemory(this.rules.downAfter()));
	}

	/** From now on there is a node less. */
	Topology remove(String name) {
		this.memories.remove(name);
		return evaluate();
	}

	Topology accept(String name, ProbeResult result) {
		NodeMemory memory = this.memories.get(name);
		if (memory != null) {
			memory.accept(result);
		}
		this.primary = elect();
		if (memory != null && result.observation() != null) {
			if (name.equals(this.primary)) {
				this.lags.primarySeen(name, result.observation(), result.startedAt());
			}
			else {
				memory.lag(this.lags.estimate(result.observation(), result.startedAt(), this.primary != null),
						this.rules.lagLimit());
			}
		}
		return evaluate();
	}

	/** How far a replica is behind, {@code null} if that is not known. */
	@Nullable Lag lag(String name) {
		NodeMemory memory = this.memories.get(name);
		return (memory == null || name.equals(this.primary)) ? null : memory.lag();
	}

	Topology evaluate() {
		this.primary = elect();
		List<NodeStatus> statuses = new ArrayList<>();
		this.memories.forEach((name, memory) -> statuses.add(status(name, memory)));
		List<NodeStatus> nodes = orLagging(statuses);
		nodes.forEach((node) -> memory(node.name()).become(node.state()));
		NodeMemory atPrimary = (this.primary != null) ? memory(this.primary) : null;
		Observation seen = (atPrimary != null) ? atPrimary.observation() : null;
		return new Topology(nodes, this.primary, candidates(), (seen != null) ? seen.semiSync() : SemiSync.UNKNOWN,
				(seen != null) ? seen.server().transactionIsolation() : isolation(), handover());
	}

	private NodeMemory memory(String name) {
		return Objects.requireNonNull(this.memories.get(name));
	}

	private Stream<Observation> observations() {
		return this.memories.values().stream().map(NodeMemory::observation).flatMap(Stream::ofNullable);
	}

	private int isolation() {
		return observations().map((seen) -> seen.server().transactionIsolation())
			.findFirst()
			.orElse(Connection.TRANSACTION_REPEATABLE_READ);
	}

	private Handover handover() {
		return observations().map(Observation::handover).max(Comparator.naturalOrder()).orElse(Handover.NONE);
	}

	/**
	 * Two writable nodes that answer never change the primary: writing to both would
	 * split the data. One that no longer answers when another was made writable has been
	 * replaced.
	 */
	private @Nullable String elect() {
		List<String> candidates = candidates();
		if (this.primary != null && candidates.contains(this.primary)) {
			if (candidates.size() != 2 || !memory(this.primary).isMissed()) {
				return this.primary;
			}
			memory(this.primary).giveUp();
			candidates.remove(this.primary);
		}
		boolean allProbed = this.memories.values().stream().allMatch(NodeMemory::isLookedAt);
		return (allProbed && candidates.size() == 1) ? candidates.get(0) : null;
	}

	private List<String> candidates() {
		List<String> candidates = new ArrayList<>();
		this.memories.forEach((name, memory) -> {
			Observation seen = memory.observation();
			if (seen != null && seen.isCandidate()) {
				candidates.add(name);
			}
		});
		return candidates;
	}

	private NodeStatus status(String name, NodeMemory memory) {
		ProbeResult last = memory.last();
		if (last == null) {
			return new NodeStatus(name, NodeState.UNKNOWN, "not probed yet", null);
		}
		Observation seen = memory.observation();
		if (seen == null) {
			return (last.outcome() == ProbeResult.Outcome.UNREADABLE)
					? new NodeStatus(name, NodeState.UNKNOWN, "its state cannot be read", last.error())
					: new NodeStatus(name, NodeState.DOWN, "does not answer", last.error());
		}
		if (name.equals(this.primary)) {
			return new NodeStatus(name, NodeState.PRIMARY, "writable", null);
		}
		if (seen.isCandidate()) {
			return secondWritable(name, memory);
		}
		return new ReplicaRules(this.rules, this.memories, this.primary).status(name, memory, seen);
	}

	private NodeStatus secondWritable(String name, NodeMemory memory) {
		if (this.primary != null) {
			if (memory.wasRoutable() && memory.candidateFor() < this.rules.receiverGrace().toNanos()) {
				// It may have been promoted, and the primary may be about to be found
				// dead.
				return new NodeStatus(name, NodeState.REPLICA,
						"writable while " + this.primary + " is the primary: looking again", null);
			}
			return new NodeStatus(name, NodeState.DETACHED, "writable, but " + this.primary + " is the primary", null);
		}
		List<String> candidates = candidates();
		if (candidates.size() == 1) {
			return new NodeStatus(name, NodeState.UNKNOWN, "writable; waiting for the first look at the others", null);
		}
		return new NodeStatus(name, NodeState.DETACHED,
				"more than one node is writable (" + String.join(", ", candidates) + "): make all but one read-only",
				null);
	}

	/** Old answers are better than none. */
	private List<NodeStatus> orLagging(List<NodeStatus> nodes) {
		if (nodes.stream().anyMatch((node) -> node.state().isRoutable())) {
			return nodes;
		}
		return nodes.stream()
			.map((node) -> (node.state() == NodeState.LAGGING && memory(node.name()).isLagging())
					? new NodeStatus(node.name(), NodeState.REPLICA,
							"serves though it " + node.reason() + ": there is no other node", node.lastError())
					: node)
			.toList();
	}

}
