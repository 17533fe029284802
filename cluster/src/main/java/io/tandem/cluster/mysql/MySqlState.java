package io.tandem.cluster.mysql;

import java.time.Duration;
import java.util.Optional;

/**
 * What a node says about itself.
 *
 * @param role its role as it is, not as it should be
 * @param semiSynchronous on a primary: whether each commit is acknowledged by the
 * replica, false once the primary has given up waiting and goes on asynchronously
 * @param replicating on a replica: whether it is connected to its source and applies what
 * it gets
 * @param lag on a replica: how far behind its source it is, if it knows
 * @param member in a replication group: its state there, such as {@code ONLINE}
 * @param problem why it does not replicate, or why it cannot be asked
 */
public record MySqlState(Role role, Optional<Boolean> semiSynchronous, Optional<Boolean> replicating,
		Optional<Duration> lag, Optional<String> member, Optional<String> problem) {

	/** What a node is at the moment. */
	public enum Role {

		/** Accepts writes. */
		PRIMARY,

		/** Follows another node and refuses writes. */
		REPLICA,

		/** Refuses writes and follows nobody. */
		READ_ONLY,

		/** Not running or not answering. */
		UNKNOWN

	}

	MySqlState withProblem(String other) {
		return new MySqlState(this.role, this.semiSynchronous, this.replicating, this.lag, this.member,
				Optional.of(other));
	}

	static MySqlState unknown(String problem) {
		return new MySqlState(Role.UNKNOWN, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
				Optional.of(problem));
	}

	/** Whether the node does all that its role asks for. */
	public boolean isHealthy() {
		return switch (this.role) {
			case PRIMARY -> true;
			case REPLICA -> this.replicating.orElse(false);
			case READ_ONLY, UNKNOWN -> false;
		};
	}

}
