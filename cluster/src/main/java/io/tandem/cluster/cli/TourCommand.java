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
				"1:a link is lost, a stop failed, or not everything was restored; the message says which",
				"2:the command line was wrong", "3:the cluster is not running or not healthy",
				"130:it was interrupted (Ctrl+C), whatever was found" })
final class TourCommand extends ClusterCommand {

	/**
	 * After Ctrl+C: for what is under way with a node and for restoring the cluster, each
	 * of which has bounds of its own.
	 */
	private static final Duration RESTORED_WITHIN = Duration.ofMinutes(10);

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
		return cluster.exclusively(() -> {
			Tour tour = Tour.begin(cluster);
			return Interruption.handle(() -> {
				print("Interrupted.");
				tour.interrupt();
			}, RESTORED_WITHIN, () -> guided(tour));
		});
	}

	/** JDK 25 gives no console again where there is no terminal. */
	@SuppressWarnings("SystemConsoleNull")
	private static boolean hasTerminal() {
		Console console = System.console();
		return console != null && console.isTerminal();
	}

	private int guided(Tour tour) {
		int result = lead(tour);
		print("Restoring the cluster ...");
		List<String> left = tour.restore();
		if (left.isEmpty()) {
			print("Everything is as it was.");
			return result;
		}
		err().println("tandem: not everything is as it was:");
		left.forEach((line) -> err().println("  " + line));
		return Tandem.FAILED;
	}

	/** Gives the exit code; whatever happened, there is something to restore. */
	private int lead(Tour tour) {
		try {
			visit(tour);
			return conclude(tour.end());
		}
		catch (InterruptedException ex) {
			// At a point of rest; whoever interrupted the tour knows.
		}
		catch (Exception ex) {
			err().println(Failure.describe(ex));
		}
		return Tandem.FAILED;
	}

	private void visit(Tour tour) throws Exception {
		List<Stop> stops = tour.stops();
		int number = 1;
		for (Stop stop : stops) {
			goOn(tour);
			print(painted(Paint.LOUD, number++ + "/" + stops.size() + "  " + stop.title()));
			print("     " + stop.expectation());
			if (this.step) {
				awaitEnter(tour);
			}
			goOn(tour);
			print("  -> " + stop.act().perform());
			print("");
		}
	}

	private void goOn(Tour tour) throws InterruptedException {
		if (isOutputGone()) {
			tour.interrupt();
		}
		tour.rest(Duration.ZERO);
	}

	private void awaitEnter(Tour tour) throws IOException, InterruptedException {
		out().print("     [Enter] ");
		out().flush();
		// Reading cannot be interrupted, and Ctrl+C must not wait for Enter.
		while (System.in.available() == 0) {
			tour.rest(Duration.ofMillis(50));
		}
		System.in.skipNBytes(System.in.available());
	}

}
