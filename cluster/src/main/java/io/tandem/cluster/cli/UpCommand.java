package io.tandem.cluster.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

import io.tandem.cluster.Cluster;
import io.tandem.cluster.ClusterStatus;
import io.tandem.cluster.Node;
import io.tandem.cluster.NodeStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Starts everything and returns when it is healthy.
 */
@Command(name = "up",
		description = "Builds what is stale, starts every node that is down and returns when all are healthy. Data is"
				+ " kept from the last time. If a first start fails, nothing is left running.")
final class UpCommand extends ClusterCommand {

	@Option(names = "--wipe", description = "Delete the data of the last time first.")
	private boolean wipe;

	@Option(names = "--ha",
			description = "Make the database highly available: three MySQL servers as a replication group that elects"
					+ " its primary by itself. Data of a pair are taken along. A group stays one: later, up alone will"
					+ " do. Back to a pair only with down --wipe.")
	private boolean highlyAvailable;

	@Override
	Cluster cluster() throws IOException {
		return workplace().cluster(this.highlyAvailable);
	}

	@Override
	public Integer call() throws Exception {
		return cluster().exclusively(this::up);
	}

	private int up() throws Exception {
		long begin = System.nanoTime();
		Cluster cluster = cluster();
		if (!cluster.runningNodes().isEmpty()) {
			return alreadyRunning(cluster);
		}
		if (this.wipe) {
			out().println("deleting the data of the last time ...");
			cluster.wipe();
			cluster = cluster();
		}
		start(cluster);
		ClusterStatus status = cluster.status();
		StatusTable.print(status, out(), this::painted);
		out().println();
		out().printf("Up in %.1f s.%n", (System.nanoTime() - begin) / 1e9);
		printUrls(cluster);
		return status.isHealthy() ? Tandem.OK : Tandem.FAILED;
	}

	private void start(Cluster cluster) throws Exception {
		Interruption.handle(() -> {
			err().println("tandem: interrupted, ending what was started");
			cluster.abort();
		}, Duration.ZERO, () -> {
			cluster.up(this::progress);
			return Tandem.OK;
		});
	}

	private int alreadyRunning(Cluster cluster) {
		if (this.wipe) {
			err().println("tandem: the cluster is running; its data can be deleted after ./tandem down");
			return Tandem.FAILED;
		}
		ClusterStatus status = cluster.status();
		boolean whole = status.isHealthy();
		if (!whole) {
			cluster.heal(this::progress);
			status = cluster.status();
		}
		StatusTable.print(status, out(), this::painted);
		out().println();
		if (status.isHealthy()) {
			out().println(whole ? "The cluster is already running." : "The cluster was running and is whole again.");
			printUrls(cluster);
			return Tandem.OK;
		}
		err().println("tandem: every node is running, but not all are well. Restart what stays so: " + status.nodes()
			.stream()
			.filter((node) -> node.state() != NodeStatus.State.UP)
			.map((node) -> "./tandem restart " + node.node())
			.collect(Collectors.joining("; ")));
		return Tandem.FAILED;
	}

	private void printUrls(Cluster cluster) {
		out().println();
		out().println("  Application  " + local(cluster.httpUri().getPort()));
		out().println("               https://localhost:" + cluster.httpsPort() + "/  (self-signed certificate)");
		cluster.nodes()
			.stream()
			.filter((node) -> node.kind() == Node.Kind.GATEWAY)
			.forEach((node) -> printDashboard(cluster, node));
		out().println("  Password     of admin is in " + cluster.gatewayPassword() + "; scripts use actuator/balancer");
		out().println();
		out().println("  Break it: ./tandem kill web-app-1     Look: ./tandem status     End: ./tandem down");
	}

	private void printDashboard(Cluster cluster, Node gateway) {
		String path = cluster.loginPath(gateway).orElse("/");
		String how = path.equals("/") ? "" : ": logs in, once, for 10 minutes";
		out().println("  Dashboard    " + local(cluster.managementUri(gateway).getPort()) + path.substring(1) + "  ("
				+ gateway + how + ")");
	}

	private static String local(int port) {
		return "http://localhost:" + port + "/";
	}

}
