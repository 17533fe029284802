package io.tandem.dbrouter.consistency;

import java.sql.Connection;
import java.sql.SQLException;

import io.tandem.dbrouter.OnTimeout;
import io.tandem.dbrouter.gtid.GtidSet;
import io.tandem.dbrouter.routing.CausalOutcome;
import io.tandem.dbrouter.routing.Requirement;
import io.tandem.dbrouter.topology.Node;

/**
 * A read must see some transactions.
 */
final class GtidRequirement implements Requirement {

	private final GtidSet required;

	private final ReadPolicy policy;

	private final ReplicaWaits waits;

	private final ConsistencyListener listener;

	GtidRequirement(GtidSet required, ReadPolicy policy, ReplicaWaits waits, ConsistencyListener listener) {
		this.required = required;
		this.policy = policy;
		this.waits = waits;
		this.listener = listener;
	}

	@Override
	public boolean isMetBy(Node replica) {
		return replica.executed().contains(this.required);
	}

	@Override
	public boolean mayWaitFor(Node replica) {
		return !this.policy.maxWait().isZero() && this.waits.isPromising(replica);
	}

	@Override
	public boolean await(Node replica, Connection connection) throws SQLException {
		return this.waits.await(replica, connection, this.required, this.policy.maxWait());
	}

	@Override
	public Otherwise otherwise() {
		return otherwise(this.policy.onTimeout());
	}

	static Otherwise otherwise(OnTimeout onTimeout) {
		return switch (onTimeout) {
			case DEFAULT, PRIMARY -> Otherwise.PRIMARY;
			case STALE -> Otherwise.PRIMARY_OR_STALE;
			case FAIL -> Otherwise.FAIL;
		};
	}

	@Override
	public void settled(CausalOutcome outcome) {
		this.listener.settled(outcome);
	}

	@Override
	public String toString() {
		return "the transactions " + this.required;
	}

}
