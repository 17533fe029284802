package io.tandem.dbrouter.topology;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What one probe read from a node.
 *
 * @param server what the server says of itself
 * @param transactions what it has executed
 * @param group its place in Group Replication, {@code null} if it is in no group
 * @param channels its replication channels
 * @param semiSync semi-synchronous replication, meaningful on the primary
 * @param handover whether a planned switchover is under way on it
 */
record Observation(Server server, Transactions transactions, @Nullable GroupMember group, List<Channel> channels,
		SemiSync semiSync, Handover handover) {

	boolean isFollowing() {
		return this.channels.stream().anyMatch(Channel::isFollowing);
	}

	boolean isReceiving() {
		return this.channels.stream().allMatch(Channel::isReceiving);
	}

	/** Whether nothing that was received still waits to be applied. */
	boolean isAllApplied() {
		return this.channels.stream().allMatch(Channel::allApplied);
	}

	/** The longest time for which changes are held back on purpose. */
	Duration delay() {
		return this.channels.stream().map(Channel::delay).max(Duration::compareTo).orElse(Duration.ZERO);
	}

	/** Whether it could be the primary: it takes writes and follows nobody. */
	boolean isCandidate() {
		return this.server.writable() && !this.server.offline() && !isFollowing()
				&& (this.group == null || this.group.works());
	}

}
