package io.tandem.cluster.cli;

import java.util.List;
import java.util.stream.Collectors;

import io.tandem.cluster.Cluster;
import io.tandem.cluster.Node;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Stops everything.
 */
@Command(name = "down", description = "Stops every node. Data is kept for the next ./tandem up.")
final class DownCommand extends ClusterCommand {

	@Option(names = "--wipe", description = "Delete the data too.")
	private boolean wipe;

	@Override
	public Integer call() throws Exception {
		if (!workplace().isUsed()) {
			out().println("The cluster is not running.");
			return Tandem.OK;
		}
		Cluster cluster = cluster();
		return cluster.exclusively(() -> {
			stop(cluster);
			if (this.wipe) {
				cluster.wipe();
				out().println("The data is deleted.");
			}
			return Tandem.OK;
		});
	}

	private void stop(Cluster cluster) {
		List<Node> running = cluster.runningNodes();
		if (running.isEmpty()) {
			out().println("The cluster is not running.");
			return;
		}
		out().println("stopping " + running.stream().map(Node::id).collect(Collectors.joining(", ")) + " ...");
		out().flush();
		cluster.down();
		out().println("Every node has stopped.");
	}

}
