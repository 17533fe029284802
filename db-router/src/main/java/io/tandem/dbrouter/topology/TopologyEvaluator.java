package io.tandem.dbrouter.topology;

import java.sql.Connection;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Turns what the probes saw into a topology. Not thread-safe; knows no clock but that of
 * the probes.
 */
final class TopologyEvaluator {

	private final List<String> names;

	private final Duration receiverGrace;

	private final Map<String, ProbeResult> results = new LinkedHashMap<>();

	private final Map<String, Long> disconnectedSince = new HashMap<>();

	private final Map<String, String> serverUuids = new HashMap<>();

	private @Nullable String primary;

	/**
	 * Creates an evaluator.
	 * @param names the names of all nodes
	 * @param receiverGrace how long a replica may be without its source while the primary
	 * is seen alive: it notices a primary's death before we do, and reconnects after we
	 * see it alive again
	 */
	TopologyEvaluator(List<String> names, Duration receiverGrace) {
		this.names = List.copyOf(names);
		this.receiverGrace = receiverGrace;
	}

	Topology accept(String name, ProbeResult result) {
		this.results.put(name, result);
		Observation seen = result.observation();
		if (seen != null) {
			this.serverUuids.put(name, seen.serverUuid());
		}
		if (seen == null || seen.isReceiving()) {
			this.disconnectedSince.remove(name);
		}
		else {
			this.disconnectedSince.putIfAbsent(name, result.startedAt());
		}
		this.primary = elect();
		Observation atPrimary = (this.primary != null) ? observation(this.primary) : null;
		return new Topology(this.names.stream().map(this::status).toList(), this.primary,
				(atPrimary != null) ? atPrimary.semiSync() : SemiSync.UNKNOWN, isolation(atPrimary));
	}

	private int isolation(@Nullable Observation atPrimary) {
		if (atPrimary != null) {
			return atPrimary.transactionIsolation();
		}
		return this.names.stream()
			.map(this::observation)
			.flatMap(Stream::ofNullable)
			.map(Observation::transactionIsolation)
			.findFirst()
			.orElse(Connection.TRANSACTION_REPEATABLE_READ);
	}

	/**
	 * Two writable nodes never change the primary: writing to both would split the data.
	 */
	private @Nullable String elect() {
		List<String> candidates = candidates();
		if (this.primary != null && candidates.contains(this.primary)) {
			return this.primary;
		}
		boolean allProbed = this.results.size() == this.names.size();
		return (allProbed && candidates.size() == 1) ? candidates.get(0) : null;
	}

	private List<String> candidates() {
		return this.names.stream().filter((name) -> {
			Observation seen = observation(name);
			return seen != null && seen.writable() && !seen.isFollowing();
		}).toList();
	}

	private @Nullable Observation observation(String name) {
		ProbeResult result = this.results.get(name);
		return (result != null) ? result.observation() : null;
	}

	private NodeStatus status(String name) {
		ProbeResult result = this.results.get(name);
		if (result == null) {
			return new NodeStatus(name, NodeState.UNKNOWN, "not probed yet", null);
		}
		Observation seen = result.observation();
		if (seen == null) {
			return result.reachable()
					? new NodeStatus(name, NodeState.UNKNOWN, "its state cannot be read", result.error())
					: new NodeStatus(name, NodeState.DOWN, "does not answer", result.error());
		}
		if (name.equals(this.primary)) {
			return new NodeStatus(name, NodeState.PRIMARY, "writable", null);
		}
		if (seen.writable() && !seen.isFollowing()) {
			return secondWritable(name);
		}
		return replica(name, seen);
	}

	private NodeStatus secondWritable(String name) {
		if (this.primary != null) {
			return detached(name, "writable, but " + this.primary + " is the primary", null);
		}
		List<String> candidates = candidates();
		if (candidates.size() == 1) {
			return new NodeStatus(name, NodeState.UNKNOWN, "writable; waiting for the first look at the others", null);
		}
		return detached(name,
				"more than one node is writable (" + String.join(", ", candidates) + "): make all but one read-only",
				null);
	}

	private NodeStatus replica(String name, Observation seen) {
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
		Long since = this.disconnectedSince.get(name);
		if (since == null) {
			return new NodeStatus(name, NodeState.REPLICA,
					seen.writable() ? "replicates, but is writable: set super_read_only" : "replicates", null);
		}
		ProbeResult atPrimary = (this.primary != null) ? this.results.get(this.primary) : null;
		if (atPrimary != null && atPrimary.startedAt() - since > this.receiverGrace.toNanos()) {
			Channel channel = seen.channels().stream().filter((each) -> !each.isReceiving()).findFirst().orElse(null);
			return detached(name, "it has lost its source though the primary is there", channel);
		}
		return new NodeStatus(name, NodeState.REPLICA, "serves what it has: its source is gone", null);
	}

	private boolean isForeign(Channel channel) {
		return !channel.isGroupReplication() && !channel.sourceUuid().isEmpty()
				&& this.serverUuids.size() == this.names.size()
				&& !this.serverUuids.containsValue(channel.sourceUuid());
	}

	private static NodeStatus detached(String name, String reason, @Nullable Channel channel) {
		String error = (channel != null && !channel.lastError().isEmpty()) ? channel.lastError() : null;
		return new NodeStatus(name, NodeState.DETACHED, reason, error);
	}

}
