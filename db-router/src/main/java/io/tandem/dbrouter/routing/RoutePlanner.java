package io.tandem.dbrouter.routing;

import java.util.ArrayList;
import java.util.List;

import io.tandem.dbrouter.NodeRole;
import io.tandem.dbrouter.routing.Requirement.Otherwise;

/**
 * Puts the routes that a unit of work may take into order, the best first. A node on
 * which something has just failed comes last.
 */
final class RoutePlanner {

	private final ReplicaOrder replicaOrder;

	RoutePlanner(ReplicaOrder replicaOrder) {
		this.replicaOrder = replicaOrder;
	}

	List<Candidate> writes(Roles roles, RouteReason reason) {
		Member primary = roles.primary();
		return (primary != null)
				? List.of(new Candidate(new Route(primary, NodeRole.PRIMARY, reason), CausalOutcome.PRIMARY))
				: List.of();
	}

	List<Candidate> reads(Roles roles, Requirement requirement) {
		Otherwise otherwise = requirement.otherwise();
		if (otherwise == Otherwise.PRIMARY_ONLY) {
			return writes(roles, RouteReason.PRIMARY_REQUIRED);
		}
		List<Member> replicas = this.replicaOrder.order(roles.replicas());
		List<Candidate> plan = new ArrayList<>(replicas.size() + 1);
		List<Member> behind = null;
		for (Member replica : replicas) {
			if (requirement.isMetBy(replica.node())) {
				plan.add(replica(replica, CausalOutcome.HIT));
			}
			else {
				behind = (behind != null) ? behind : new ArrayList<>();
				behind.add(replica);
			}
		}
		if (behind != null) {
			addWaits(plan, behind, requirement);
		}
		if (behind != null && otherwise == Otherwise.STALE) {
			add(plan, behind, CausalOutcome.STALE);
		}
		Member primary = roles.primary();
		if (primary != null && otherwise != Otherwise.FAIL) {
			RouteReason reason = (behind != null) ? RouteReason.REPLICAS_BEHIND : RouteReason.NO_REPLICA;
			plan.add(new Candidate(new Route(primary, NodeRole.PRIMARY, reason), CausalOutcome.PRIMARY));
		}
		if (behind != null && otherwise == Otherwise.PRIMARY_OR_STALE) {
			add(plan, behind, CausalOutcome.STALE);
		}
		return suspectsLast(plan);
	}

	private static void addWaits(List<Candidate> plan, List<Member> replicas, Requirement requirement) {
		for (Member replica : replicas) {
			if (requirement.mayWaitFor(replica.node())) {
				plan.add(replica(replica, CausalOutcome.WAITED));
			}
		}
	}

	private static void add(List<Candidate> plan, List<Member> replicas, CausalOutcome outcome) {
		for (Member replica : replicas) {
			plan.add(replica(replica, outcome));
		}
	}

	private static Candidate replica(Member replica, CausalOutcome outcome) {
		return new Candidate(new Route(replica, NodeRole.REPLICA, RouteReason.READ_ONLY), outcome);
	}

	private static List<Candidate> suspectsLast(List<Candidate> plan) {
		List<Candidate> suspect = null;
		for (Candidate candidate : plan) {
			if (candidate.route().node().isSuspect()) {
				suspect = (suspect != null) ? suspect : new ArrayList<>();
				suspect.add(candidate);
			}
		}
		if (suspect != null && suspect.size() < plan.size()) {
			plan.removeAll(suspect);
			plan.addAll(suspect);
		}
		return plan;
	}

}
