package io.tandem.dbrouter.consistency;

import java.time.Duration;
import java.util.Collection;
import java.util.function.Supplier;

import io.tandem.dbrouter.ConsistencyLevel;
import io.tandem.dbrouter.gtid.GtidSet;
import io.tandem.dbrouter.routing.Causality;
import io.tandem.dbrouter.routing.Requirement;
import io.tandem.dbrouter.topology.Node;

/**
 * Requires of reads what their policy says, by GTIDs.
 */
public final class GtidCausality implements Causality {

	private final ConsistencyContexts contexts;

	private final ReadPolicies policies;

	private final Supplier<Collection<Node>> nodes;

	private final ConsistencyListener listener;

	private final boolean monotonic;

	private final ReplicaWaits waits;

	/**
	 * Creates the causality.
	 * @param contexts know what was written
	 * @param policies say what must be seen
	 * @param nodes the nodes there are now
	 * @param pause how long nobody waits on a replica after somebody did in vain
	 * @param monotonic whether a unit of work and its client shall never see less than
	 * before
	 * @param listener hears of each read that must see something
	 */
	public GtidCausality(ConsistencyContexts contexts, ReadPolicies policies, Supplier<Collection<Node>> nodes,
			Duration pause, boolean monotonic, ConsistencyListener listener) {
		this.monotonic = monotonic;
		this.contexts = contexts;
		this.policies = policies;
		this.nodes = nodes;
		this.listener = listener;
		this.waits = new ReplicaWaits(pause, listener);
	}

	@Override
	public Requirement requirement() {
		ReadPolicy policy = this.policies.current();
		Requirement requirement = requirement(policy);
		return (this.monotonic && policy.level() != ConsistencyLevel.EVENTUAL)
				? new MonotonicRequirement(requirement, this.contexts) : requirement;
	}

	private Requirement requirement(ReadPolicy policy) {
		return switch (policy.level()) {
			case EVENTUAL -> Requirement.NONE;
			case DEFAULT, SESSION -> requirement(this.contexts.requiredByUnitOfWork(), policy);
			case INSTANCE ->
				requirement(this.contexts.requiredByUnitOfWork().union(this.contexts.committedByInstance()), policy);
			case PRIMARY -> UnknownRequirement.latest(this.listener);
		};
	}

	private Requirement requirement(GtidSet required, ReadPolicy policy) {
		if (!required.isEmpty()) {
			return new GtidRequirement(required, policy, this.waits, this.listener);
		}
		return isNumbered() ? Requirement.NONE : UnknownRequirement.withoutGtids(policy.onTimeout(), this.listener);
	}

	private boolean isNumbered() {
		for (Node node : this.nodes.get()) {
			if (!node.numbersTransactions()) {
				return false;
			}
		}
		return true;
	}

	/**
	 * Whether every node has some transactions, down or not: then no read can miss them.
	 * @param transactions the transactions
	 * @return {@code false} also if it is not known
	 */
	public boolean isEverywhere(GtidSet transactions) {
		for (Node node : this.nodes.get()) {
			if (!node.executed().contains(transactions)) {
				return false;
			}
		}
		return true;
	}

}
