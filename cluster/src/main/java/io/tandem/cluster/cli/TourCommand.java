package io.tandem.cluster.cli;

import java.io.Console;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

import io.tandem.cluster.Cluster;
import io.tandem.cluster.tour.Stop;
import io.tandem.cluster.tour.Tour;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Shows what the cluster does when something happens to it.
 */
@Command(name = "tour",
		description = "Shows in one to two minutes what the cluster does when a node dies or is restarted, under light traffic:"
				+ " what is going to happen, then what was measured. Restores everything at the end, also after Ctrl+C.",
		exitCodeListHeading = "%nExit codes:%n",
		exitCodeList = { "0:the tour is over and every acknowledged link is there",
				"1:a link is lost, or a stop failed; the message says which", "2:the command line was wrong",
				"3:the cluster is not running or not healthy" })
final class TourCommand extends ClusterCommand {

	/**
	 * For restoring the cluster after Ctrl+C: it starts nodes, each of which has a bound.
	 */
	private static final Duration RESTORED_WITHIN = Duration.ofMinutes(2);

	@Option(names = "--step", description = "Wait for Enter before each stop.")
	private boolean step;

	@Override
	public Integer call() throws Exception {
		if (this.step && !hasTerminal()) {
			throw misused("--step waits for Enter, so it needs a terminal");
		}
		if (!workplace().isUsed() || !cluster().status().isHealthy()) {
			err().println("tandem: the tour needs a whole and healthy cluster: ./tandem up");
			return Tandem.NOT_HEALTHY;
		}
		Cluster cluster = cluster();
		Thread guide = Thread.currentThread();
		return cluster.exclusively(() -> Interruption.handle(guide::interrupt, RESTORED_WITHIN, () -> guided(cluster)));
	}

	/** JDK 25 gives no console again where there is no terminal. */
	@SuppressWarnings("SystemConsoleNull")
	private static boolean hasTerminal() {
		Console console = System.console();
		return console != null && console.isTerminal();
	}

	private int guided(Cluster cluster) throws Exception {
		Tour tour = Tour.begin(cluster);
		try {
			lead(tour.stops());
			return conclude(tour.end());
		}
		finally {
			// What interrupted the tour must not interrupt this.
			boolean early = Thread.interrupted();
			print(early ? "Interrupted. Restoring the cluster ..." : "Restoring the cluster ...");
			tour.restore();
			print("Everything is as it was.");
		}
	}

	private void lead(List<Stop> stops) throws Exception {
		int number = 1;
		for (Stop stop : stops) {
			print(painted(Paint.LOUD, number++ + "/" + stops.size() + "  " + stop.title()));
			print("     " + stop.expectation());
			if (this.step) {
				awaitEnter();
			}
			print("  -> " + stop.act().perform());
			print("");
		}
	}

	private void awaitEnter() throws IOException, InterruptedException {
		out().print("     [Enter] ");
		out().flush();
		// Reading cannot be interrupted, and Ctrl+C must not wait for Enter.
		while (System.in.available() == 0) {
			Thread.sleep(50);
		}
		System.in.skipNBytes(System.in.available());
	}

}
