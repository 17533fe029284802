package io.tandem.cluster.tour;

import java.time.Duration;

import io.tandem.cluster.Cluster;
import io.tandem.cluster.Node;
import io.tandem.cluster.mysql.MySqlGroup;
import io.tandem.cluster.mysql.MySqlNode;
import io.tandem.cluster.process.NodeException;
import io.tandem.cluster.process.NodeProcess;

/**
 * The databases of a tour: a pair, or a group that elects.
 *
 * @param cluster the cluster they belong to
 * @param primary the one that took the writes when the tour began
 * @param replica one that took reads only
 */
record Databases(Cluster cluster, Node primary, Node replica) {

	private static final Duration ELECTED_WITHIN = Duration.ofSeconds(30);

	static Databases of(Cluster cluster) {
		return new Databases(cluster, node(cluster.mysql().primary()), node(cluster.mysql().replicas().getFirst()));
	}

	/** Whether they choose another primary by themselves. */
	boolean elect() {
		return this.cluster.mysql() instanceof MySqlGroup;
	}

	/** The one that takes the writes now, or took them last. */
	Node current() {
		return node(this.cluster.mysql().primary());
	}

	/** Kills the primary, and waits until a group has another one. */
	void losePrimary() {
		this.cluster.kill(this.primary);
		long deadline = System.nanoTime() + ELECTED_WITHIN.toNanos();
		while (elect() && current() == this.primary) {
			if (System.nanoTime() > deadline) {
				throw new NodeException(this.primary.id(),
						"has no successor after " + ELECTED_WITHIN.toSeconds() + " s", null, null);
			}
			NodeProcess.pause(Duration.ofMillis(100));
		}
	}

	/** Makes the primary what it was. */
	void restore() {
		if (current() != this.primary) {
			this.cluster.promote(this.primary, (line) -> {
			});
		}
	}

	private static Node node(MySqlNode database) {
		return Node.of(database.name()).orElseThrow();
	}

}
