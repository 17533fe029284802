package io.tandem.dbrouter.topology;

import java.util.List;

/**
 * What one probe read from a node.
 *
 * @param serverUuid the node's server UUID
 * @param version the server's version
 * @param writable whether neither read_only nor super_read_only is set
 * @param transactionIsolation the server's default isolation level, as in
 * {@link java.sql.Connection}
 * @param channels its replication channels
 * @param semiSync semi-synchronous replication, meaningful on the primary
 */
record Observation(String serverUuid, String version, boolean writable, int transactionIsolation,
		List<Channel> channels, SemiSync semiSync) {

	boolean isFollowing() {
		return this.channels.stream().anyMatch(Channel::isFollowing);
	}

	boolean isReceiving() {
		return this.channels.stream().allMatch(Channel::isReceiving);
	}

}
