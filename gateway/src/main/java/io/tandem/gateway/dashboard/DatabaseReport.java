package io.tandem.gateway.dashboard;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * What the db-router of one instance knows of its database nodes, from its metrics.
 *
 * @param atMillis when it arrived
 * @param states by node, as {@code db.router.node.state} names them
 * @param lags of replicas, in seconds
 * @param used units of work so far, by node
 * @param semiSync whether a commit waits for a replica, or null if it is not meant to or
 * nobody says
 */
record DatabaseReport(long atMillis, Map<String, String> states, Map<String, Double> lags, Map<String, Used> used,
		@Nullable Boolean semiSync) {

	/** The metrics to ask for. */
	static final String QUERY = "includedNames=db_router_node_state,db_router_replica_lag_seconds,"
			+ "db_router_routes,db_router_routes_total,db_router_semisync";

	/** Reasons of what is not a read-only transaction. */
	private static final Set<String> WRITES = Set.of("read-write", "no-transaction");

	/** Whoever has more than this is no database of ours. */
	private static final int MOST_NODES = 16;

	/**
	 * Units of work that a node got.
	 *
	 * @param reads read-only transactions
	 * @param writes all others
	 */
	record Used(double reads, double writes) {

		Used plus(Used other) {
			return new Used(reads + other.reads, writes + other.writes);
		}

	}

	static DatabaseReport read(String text, long atMillis) {
		List<PrometheusText.Sample> samples = PrometheusText.read(text);
		Map<String, String> states = new TreeMap<>();
		for (var sample : PrometheusText.named("db_router_node_state", samples)) {
			String node = nodeOf(sample);
			if (sample.value() == 1 && states.size() < MOST_NODES) {
				states.put(node, sample.label("state"));
			}
		}
		Map<String, Double> lags = new LinkedHashMap<>();
		for (var sample : PrometheusText.named("db_router_replica_lag_seconds", samples)) {
			if (!Double.isNaN(sample.value()) && states.containsKey(nodeOf(sample))) {
				lags.put(nodeOf(sample), sample.value());
			}
		}
		Map<String, Used> used = new LinkedHashMap<>();
		for (var sample : PrometheusText.named("db_router_routes_total", samples)) {
			boolean write = WRITES.contains(sample.label("reason"));
			if (states.containsKey(nodeOf(sample))) {
				used.merge(nodeOf(sample), new Used(write ? 0 : sample.value(), write ? sample.value() : 0),
						Used::plus);
			}
		}
		Boolean semiSync = PrometheusText.named("db_router_semisync", samples)
			.stream()
			.filter((sample) -> !Double.isNaN(sample.value()))
			.findFirst()
			.map((sample) -> sample.value() == 1)
			.orElse(null);
		return new DatabaseReport(atMillis, states, lags, used, semiSync);
	}

	private static String nodeOf(PrometheusText.Sample sample) {
		return sample.label("node");
	}

}
