package io.tandem.cluster.cli;

import io.tandem.cluster.Cluster;
import io.tandem.cluster.Node;
import picocli.CommandLine.Command;
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
				description = "gateway-1, gateway-2, web-app-1, web-app-2, mysql-1 or mysql-2.")
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

		@Override
		String act(Cluster cluster, Node node) {
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
			cluster.kill(node);
			return node + " killed. Heal it with: ./tandem start " + node;
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
