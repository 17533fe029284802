package io.tandem.dbrouter.consistency;

import java.sql.Connection;

import io.tandem.dbrouter.OnTimeout;
import io.tandem.dbrouter.routing.CausalOutcome;
import io.tandem.dbrouter.routing.Requirement;
import io.tandem.dbrouter.topology.Node;

/**
 * A read must see what nobody can tell of a replica: which transactions it has, because
 * they have no GTIDs, or simply the latest.
 *
 * @param otherwise what to do instead
 * @param reason what must be seen, in words
 * @param listener hears where it was read
 */
record UnknownRequirement(Otherwise otherwise, String reason, ConsistencyListener listener) implements Requirement {

	static Requirement latest(ConsistencyListener listener) {
		return new UnknownRequirement(Otherwise.PRIMARY_ONLY, "everything that is committed", listener);
	}

	static Requirement withoutGtids(OnTimeout onTimeout, ConsistencyListener listener) {
		return new UnknownRequirement(GtidRequirement.otherwise(onTimeout), "its client's writes, without GTIDs",
				listener);
	}

	@Override
	public boolean isMetBy(Node replica) {
		return false;
	}

	@Override
	public boolean mayWaitFor(Node replica) {
		return false;
	}

	@Override
	public boolean await(Node replica, Connection connection) {
		return false;
	}

	@Override
	public void settled(CausalOutcome outcome) {
		this.listener.settled(outcome);
	}

	@Override
	public String toString() {
		return this.reason;
	}

}
