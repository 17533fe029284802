package io.tandem.cluster.cli;

import io.tandem.cluster.Cluster;
import io.tandem.cluster.Node;
import io.tandem.cluster.NodeStatus;
import io.tandem.cluster.mysql.MySqlPair;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * The commands that do something to one node.
 */
final class NodeCommands {

	private NodeCommands() {
	}

	/** A command with the name of a node as its argument. */
	abstract static class NodeCommand extends ClusterCommand {

		@Parameters(paramLabel = "NODE",
				description = "gateway-1, gateway-2, web-app-1, web-app-2, mysql-1, mysql-2 or, of a group, mysql-3.")
		private String name = "";

		@Override
		public Integer call() throws Exception {
			Cluster cluster = cluster();
			Node node = node(cluster, this.name);
			return cluster.exclusively(() -> {
				out().println(act(cluster, node));
				return Tandem.OK;
			});
		}

		abstract String act(Cluster cluster, Node node);

		void requireDatabase(Node node, String what) {
			if (node.kind() != Node.Kind.MYSQL) {
				throw misused(what + " is for databases, and " + node + " is none");
			}
		}

		static String after(String what, Runnable work) {
			long begin = System.nanoTime();
			work.run();
			return String.format("%s in %.1f s", what, (System.nanoTime() - begin) / 1e9);
		}

	}

	/** Ends a node in order. */
	@Command(name = "stop", description = "Ends a node in order: it finishes what it is doing.")
	static final class Stop extends NodeCommand {

		@Override
		String act(Cluster cluster, Node node) {
			return cluster.isRunning(node) ? after(node + " stopped", () -> cluster.stop(node))
					: node + " is not running";
		}

	}

	/** Starts a node and heals it. */
	@Command(name = "start",
			description = "Starts a node and returns when it does its work again; a database node gets its role back.")
	static final class Start extends NodeCommand {

		@Option(names = "--reclone",
				description = "Of a database: replace its data by a copy of the primary's first. What it alone had is"
						+ " given up; its old data are put aside until the next time.")
		private boolean reclone;

		@Override
		String act(Cluster cluster, Node node) {
			if (this.reclone) {
				requireDatabase(node, "--reclone");
				return after(node + " is a copy of the primary and up", () -> cluster.reclone(node, this::progress));
			}
			if (cluster.isRunning(node)) {
				// Its role may still have to be restored.
				cluster.start(node);
				return node + " is already running";
			}
			return after(node + " is up", () -> cluster.start(node));
		}

	}

	/** Ends a node at once. */
	@Command(name = "kill", description = "Ends a node at once (SIGKILL), as a crash would.")
	static final class Kill extends NodeCommand {

		@Override
		String act(Cluster cluster, Node node) {
			if (!cluster.isRunning(node)) {
				return node + " is not running";
			}
			String otherWay = (cluster.mysql() instanceof MySqlPair pair && pair.primary().name().equals(node.id()))
					? ", or give it up: ./tandem promote " + pair.replica().name() + " --force" : "";
			cluster.kill(node);
			return node + " killed. Heal it with: ./tandem start " + node + otherWay;
		}

	}

	/** Changes the primary. */
	@Command(name = "promote",
			description = { "Makes a database node the primary.",
					"In order, while all work: no acknowledged write is lost, and applications with db-router fail none"
							+ " that ends within 700 ms. With --force when the primary is dead or hangs: it is killed,"
							+ " and becomes a replica at its next start." })
	static final class Promote extends NodeCommand {

		@Option(names = "--force", description = "The primary is dead or hangs. Refused if writes that clients were"
				+ " told are saved would be lost, as far as that can be known.")
		private boolean force;

		@Option(names = "--accept-loss", description = "With --force: lose them, and say how many.")
		private boolean acceptLoss;

		@Override
		String act(Cluster cluster, Node node) {
			requireDatabase(node, "promote");
			if (this.acceptLoss && !this.force) {
				throw misused("--accept-loss goes with --force only: without, nothing is lost");
			}
			if (cluster.mysql().primary().name().equals(node.id())
					&& cluster.status().of(node).state() == NodeStatus.State.UP) {
				return node + " is the primary already";
			}
			return after(node + " is the primary", () -> {
				if (this.force) {
					cluster.promoteForcibly(node, this.acceptLoss, this::progress);
				}
				else {
					cluster.promote(node, this::progress);
				}
			});
		}

	}

	/** Stops and starts a node. */
	@Command(name = "restart", description = "Stops a node in order and starts it again.")
	static final class Restart extends NodeCommand {

		@Override
		String act(Cluster cluster, Node node) {
			return after(node + " restarted", () -> cluster.restart(node));
		}

	}

}
