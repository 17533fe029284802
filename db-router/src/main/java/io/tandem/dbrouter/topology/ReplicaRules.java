package io.tandem.dbrouter.topology;

import java.util.Collection;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Tells the state of a node that answers and is not writable.
 *
 * @param rules what to go by
 * @param memories what is remembered of all nodes
 * @param primary the primary, {@code null} if there is none
 */
record ReplicaRules(EvaluationRules rules, Map<String, NodeMemory> memories, @Nullable String primary) {

	NodeStatus status(String name, NodeMemory memory, Observation seen) {
		if (seen.server().offline()) {
			return detached(name, "it is in offline mode", null);
		}
		if (seen.group() != null && !seen.group().works()) {
			return detached(name, seen.group().isOnline() ? "it cannot reach the majority of its group"
					: "it is no working member of its group: " + seen.group().state(), null);
		}
		NodeStatus broken = notReplicating(name, seen);
		if (broken != null) {
			return (this.primary == null && memory.wasRoutable()) ? replica(name,
					"serves what it has: there is no primary, and its replication is stopped or it was the primary")
					: broken;
		}
		Long since = memory.disconnectedSince();
		if (since != null && primarySeenSince(since)) {
			Channel channel = seen.channels().stream().filter((each) -> !each.isReceiving()).findFirst().orElse(null);
			return detached(name, "it has lost its source though the primary is there", channel);
		}
		if (!seen.delay().isZero()) {
			return new NodeStatus(name, NodeState.LAGGING,
					"is held back on purpose by " + seen.delay().toSeconds() + " s", null);
		}
		if (memory.isLagging()) {
			return new NodeStatus(name, NodeState.LAGGING,
					"lags by more than " + this.rules.lagLimit().max().toMillis() + " ms", null);
		}
		if (since != null) {
			return replica(name, "serves what it has: its source is gone");
		}
		return replica(name,
				seen.server().writable() ? "replicates, but is writable: set super_read_only" : "replicates");
	}

	private @Nullable NodeStatus notReplicating(String name, Observation seen) {
		if (seen.channels().isEmpty()) {
			return detached(name, "read-only and without a replication channel", null);
		}
		for (Channel channel : seen.channels()) {
			if (!channel.applierRunning()) {
				return detached(name, "its replication applier is stopped", channel);
			}
			if (isForeign(channel)) {
				return detached(name, "it replicates from a server that is none of the nodes", channel);
			}
		}
		return null;
	}

	private boolean isForeign(Channel channel) {
		Collection<NodeMemory> nodes = this.memories.values();
		return !channel.isGroupReplication() && !channel.sourceUuid().isEmpty()
				&& nodes.stream().noneMatch((memory) -> memory.serverUuid().isEmpty())
				&& nodes.stream().noneMatch((memory) -> memory.serverUuid().equals(channel.sourceUuid()));
	}

	private boolean primarySeenSince(long since) {
		NodeMemory memory = (this.primary != null) ? this.memories.get(this.primary) : null;
		ProbeResult last = (memory != null) ? memory.last() : null;
		return last != null && last.outcome() == ProbeResult.Outcome.OBSERVED
				&& last.startedAt() - since > this.rules.receiverGrace().toNanos();
	}

	private static NodeStatus replica(String name, String reason) {
		return new NodeStatus(name, NodeState.REPLICA, reason, null);
	}

	private static NodeStatus detached(String name, String reason, @Nullable Channel channel) {
		String error = (channel != null && !channel.lastError().isEmpty()) ? channel.lastError() : null;
		return new NodeStatus(name, NodeState.DETACHED, reason, error);
	}

}
