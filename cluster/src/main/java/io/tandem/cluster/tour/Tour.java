package io.tandem.cluster.tour;

import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import io.tandem.cluster.Cluster;
import io.tandem.cluster.Node;
import io.tandem.cluster.load.Figures;
import io.tandem.cluster.load.Load;
import io.tandem.cluster.load.LoadPlan;
import io.tandem.cluster.load.Pairs;
import io.tandem.cluster.load.Verdict;
import tools.jackson.databind.node.ObjectNode;

/**
 * Breaks a running cluster under light traffic, one thing after the other, and tells what
 * its clients notice. It can be interrupted at its points of rest only, never in the
 * middle of a change to a node. {@link #restore()} restores what the tour has changed.
 */
public final class Tour {

	private static final Duration LOOK = Duration.ofSeconds(5);

	/** Longer than between two new links by chance. */
	private static final Duration PAUSE = Duration.ofSeconds(2);

	private static final int RATE = 40;

	private static final int READS = 80;

	private static final int CLIENTS = 8;

	private static final int PAIRS = 100;

	private final Cluster cluster;

	private final Balancing balancing;

	private final Databases databases;

	private final Map<Node, ObjectNode> before = new EnumMap<>(Node.class);

	private final Load load;

	private Tour(Cluster cluster, Balancing balancing) throws IOException, InterruptedException {
		this.cluster = cluster;
		this.balancing = balancing;
		this.databases = Databases.of(cluster);
		for (Node instance : Node.of(Node.Kind.WEB_APP)) {
			this.before.put(instance, balancing.setByOperator(instance));
		}
		this.load = Load.start(new LoadPlan(cluster.httpUri(), RATE, READS, Duration.ofDays(1), CLIENTS));
	}

	/**
	 * Begins a tour: from now on there is traffic.
	 * @param cluster the cluster, whole and healthy
	 * @return the tour
	 * @throws IOException if no gateway can be asked
	 * @throws InterruptedException if the thread was interrupted
	 */
	public static Tour begin(Cluster cluster) throws IOException, InterruptedException {
		return new Tour(cluster, new Balancing(cluster));
	}

	/** Asks the tour, from any thread, to end at its next point of rest. */
	public void interrupt() {
		this.load.stop();
	}

	/**
	 * A point of rest.
	 * @param time how long to rest
	 * @throws InterruptedException if the tour was interrupted
	 */
	public void rest(Duration time) throws InterruptedException {
		if (!this.load.goesOnFor(time)) {
			throw new InterruptedException("The tour was interrupted.");
		}
	}

	/** The stops, in their order. */
	public List<Stop> stops() {
		return List.of(
				new Stop("Round robin", "Forty requests a second arrive. The gateways give them to web-app-1 and"
						+ " web-app-2 in turn; reads go to " + (this.databases.elect() ? "the replicas" : "the replica")
						+ ", new links to the primary.", this::roundRobin),
				new Stop("Weights",
						"web-app-1 gets three times the weight of web-app-2, while everything runs. From the"
								+ " next request on, three of four go to it.",
						this::weights),
				new Stop("A web-app dies",
						"web-app-1 is killed (kill -9). The gateways repeat at web-app-2 what it did not answer; only a new"
								+ " link that was just under way may fail, rather than be created twice.",
						this::killWebApp),
				new Stop("The replica stops",
						this.databases.replica() + " is stopped. Its reads move to the "
								+ (this.databases.elect() ? "other replica" : "primary") + ", without an error.",
						this::stopReplica),
				new Stop("Read your writes",
						"A link is created at one instance and read at once at the other one. Replicas"
								+ " are always a little behind; the token in the answer makes sure that the read sees it.",
						this::readYourWrites),
				new Stop("The primary dies",
						this.databases.primary() + " is killed. Reads go on; new links are refused at once with 503"
								+ " instead of being lost, until "
								+ (this.databases.elect() ? "the other two have elected a new primary."
										: "it is back."),
						this::killPrimary),
				new Stop("Rolling restart", "Both web-apps are restarted one after the other: drained first, so that no"
						+ " request is under way, then back into the rotation.", this::rollingRestart));
	}

	private String roundRobin() throws InterruptedException {
		return told(watch());
	}

	private String weights() throws Exception {
		this.balancing.weight(Node.WEB_APP_1, 3);
		this.balancing.weight(Node.WEB_APP_2, 1);
		Figures figures = watch();
		for (Map.Entry<Node, ObjectNode> instance : this.before.entrySet()) {
			this.balancing.restore(instance.getKey(), instance.getValue());
		}
		return told(figures);
	}

	private String killWebApp() throws InterruptedException {
		return without(Node.WEB_APP_1, () -> this.cluster.kill(Node.WEB_APP_1));
	}

	private String stopReplica() throws InterruptedException {
		return without(this.databases.replica(), () -> this.cluster.stop(this.databases.replica()));
	}

	private String readYourWrites() throws IOException, InterruptedException {
		Pairs pairs = Pairs.run(this.cluster.httpUri(Node.WEB_APP_1), this.cluster.httpUri(Node.WEB_APP_2), PAIRS,
				() -> !this.load.isStopped());
		rest(Duration.ZERO);
		return pairs.seenWithToken() + " of " + pairs.pairs() + " links were seen with the token, " + pairs.onReplica()
				+ " of them on the replica; without the token " + pairs.seenWithout() + " of " + pairs.pairs() + ".";
	}

	private String killPrimary() throws InterruptedException {
		String told = without(this.databases.primary(), this.databases::losePrimary);
		return told + " The primary is " + this.databases.current() + ". After that: " + told(watch());
	}

	private String rollingRestart() throws Exception {
		this.load.interval();
		for (Map.Entry<Node, ObjectNode> instance : this.before.entrySet()) {
			rest(Duration.ZERO);
			this.balancing.state(instance.getKey(), "drain");
			this.balancing.awaitDrained(instance.getKey());
			rest(Duration.ZERO);
			this.cluster.restart(instance.getKey());
			this.balancing.restore(instance.getKey(), instance.getValue());
			this.cluster.heal(Tour::silently);
		}
		return told(this.load.interval());
	}

	/** What is measured while a node is away, and how long it takes to come back. */
	private String without(Node node, Runnable taken) throws InterruptedException {
		this.load.interval();
		taken.run();
		rest(LOOK);
		Figures figures = this.load.interval();
		long begin = System.nanoTime();
		this.cluster.start(node);
		return String.format(Locale.ROOT, "%s %s is back after %.1f s.", told(figures), node,
				(System.nanoTime() - begin) / 1e9);
	}

	private Figures watch() throws InterruptedException {
		this.load.interval();
		rest(LOOK);
		return this.load.interval();
	}

	private static String told(Figures figures) {
		String errors = figures.errors()
			.entrySet()
			.stream()
			.map((error) -> error.getValue() + " x " + error.getKey())
			.collect(Collectors.joining(", ", " (", ")"));
		String pause = String.format(Locale.ROOT, " No new link for %.1f s.", figures.pause().toMillis() / 1e3);
		return String.format(Locale.ROOT, "%d requests, %d failed%s; p50 %.1f ms. Answered by %s; from %s.%s",
				figures.requests(), figures.failed(), (figures.failed() > 0) ? errors : "",
				figures.p50().toNanos() / 1e6, Figures.shares(figures.instances()), Figures.shares(figures.databases()),
				(figures.pause().compareTo(PAUSE) > 0) ? pause : "");
	}

	/**
	 * Ends the traffic and looks for every link that was acknowledged during the tour.
	 * @return what was found
	 * @throws InterruptedException if the thread was interrupted
	 */
	public Verdict end() throws InterruptedException {
		this.load.end();
		return this.load.check();
	}

	/**
	 * Restores what the tour has changed: nodes, the primary, weights and states; and
	 * deletes its links. What cannot be restored does not keep the rest from it.
	 * @return what is not as it was, each with what to do; nothing if all is
	 */
	public List<String> restore() {
		Restoration restoration = new Restoration(this.cluster);
		try (this.balancing; this.load) {
			this.load.stop();
			restoration.makeWell();
			restoration.attempt(this.databases::restore, this.databases.primary() + " is not the primary again",
					"./tandem promote " + this.databases.primary());
			this.before
				.forEach((instance, setting) -> restoration.attempt(() -> this.balancing.restore(instance, setting),
						"what was set for " + instance + " does not count",
						"set its weight and state on the dashboard"));
			restoration.attempt(this::deleteLinks, "links of the tour are left", "they do no harm");
			return restoration.conclude();
		}
	}

	private void deleteLinks() throws InterruptedException {
		this.load.end();
		long left = this.load.delete();
		if (left > 0) {
			throw new IllegalStateException(left + " could not be deleted");
		}
	}

	private static void silently(String progress) {
		// The tour has its own words.
	}

}
