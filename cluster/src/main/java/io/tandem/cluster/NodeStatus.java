package io.tandem.cluster;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is known of one node at one moment.
 *
 * @param node the node
 * @param state whether it runs and does its work
 * @param role {@code gateway}, {@code web-app}, {@code primary}, {@code replica} or, of a
 * database that is neither, {@code read-only}; of a member of a replication group that is
 * down, {@code member}
 * @param pid its process, if it runs
 * @param port the port it serves on
 * @param managementPort the port of its health and metrics
 * @param residentBytes its resident memory, if it runs
 * @param detail what a person should know: replication lag, or why it is not healthy
 * @param semiSynchronous of a primary: whether every commit waits for its replica
 * @param member of a member of a replication group: its state there, such as
 * {@code ONLINE}
 */
public record NodeStatus(Node node, State state, String role, OptionalLong pid, int port,
		Optional<Integer> managementPort, OptionalLong residentBytes, String detail, Optional<Boolean> semiSynchronous,
		Optional<String> member) {

	/** How a node is. */
	public enum State {

		/** Runs and does its work. */
		UP,

		/** Runs, but does not do all of its work, or does not answer. */
		UNHEALTHY,

		/** Does not run. */
		DOWN

	}

}
