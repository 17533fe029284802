package io.tandem.benchmarks.dbrouter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

import io.tandem.benchmarks.dbrouter.peer.Peer;
import io.tandem.benchmarks.dbrouter.peer.Recovery;
import io.tandem.benchmarks.dbrouter.peer.Servers;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The command line of the benchmarks.
 */
@Command(name = "benchmarks/db-router", mixinStandardHelpOptions = true, sortOptions = false,
		description = "Measures db-router and its peers side by side on one MySQL primary with a replica, started for"
				+ " it, and prints the tables of docs/performance.md. A peer is a process of its own.")
final class DbRouterBenchmarks implements Callable<Integer> {

	@Option(names = "--peers", split = ",", completionCandidates = PeerIds.class,
			description = "Only these, of: ${COMPLETION-CANDIDATES}")
	private Set<Peer> peers = Set.of(Peer.values());

	@Option(names = "--only", split = ",", description = "Only these parts, of: ${COMPLETION-CANDIDATES}")
	private Set<Part> parts = Set.of(Part.values());

	@Option(names = "--rounds", defaultValue = "5", description = "Windows for each peer (default: ${DEFAULT-VALUE})")
	private int rounds;

	@Option(names = "--window", defaultValue = "6", description = "Seconds of a window (default: ${DEFAULT-VALUE})")
	private double window;

	@Option(names = "--warm-up", defaultValue = "10",
			description = "Seconds of load before the first round (default: ${DEFAULT-VALUE})")
	private double warmUp;

	@Option(names = "--threads", defaultValue = "16", description = "Clients (default: ${DEFAULT-VALUE})")
	private int threads;

	@Option(names = "--pool", defaultValue = "20", description = "Connections of each pool (default: ${DEFAULT-VALUE})")
	private int pool;

	@Option(names = "--delay", defaultValue = "2",
			description = "Milliseconds of network delay of a round trip (default: ${DEFAULT-VALUE})")
	private int delay;

	@Option(names = "--class-paths", defaultValue = "target", hidden = true)
	private Path classPaths = Path.of("target");

	@Option(names = "--classes", defaultValue = "target/classes", hidden = true)
	private String classes = "";

	/**
	 * Runs the benchmarks.
	 * @param arguments see {@code --help}
	 */
	public static void main(String[] arguments) {
		System.exit(commandLine().execute(arguments));
	}

	static CommandLine commandLine() {
		CommandLine line = new CommandLine(new DbRouterBenchmarks());
		line.setCaseInsensitiveEnumValuesAllowed(true);
		line.registerConverter(Peer.class, Peer::of);
		return line;
	}

	@Override
	public Integer call() throws Exception {
		Path directory = Files.createTempDirectory("tandem-benchmarks");
		System.err.println("Logs are in " + directory);
		PeerClassPath classPath = new PeerClassPath(this.classPaths, this.classes);
		try (Arena arena = Arena.open(directory.resolve("pair"), this.pool)) {
			if (this.parts.contains(Part.THROUGHPUT)) {
				throughput(arena, classPath, directory);
			}
			if (this.parts.contains(Part.DELAY)) {
				delayed(arena, classPath, directory);
			}
			if (this.parts.contains(Part.OVERHEAD)) {
				overhead(arena, classPath, directory);
			}
		}
		if (this.parts.contains(Part.FAILOVER)) {
			failover(classPath, directory);
		}
		return 0;
	}

	private void throughput(Arena arena, PeerClassPath classPath, Path directory) throws IOException {
		List<PeerProcess> running = start(arena.direct(), classPath, directory);
		try {
			Rounds.run(running, 1, this.warmUp, this.threads);
			print("No delay, " + this.threads + " clients",
					Report.load(Rounds.run(running, this.rounds, this.window, this.threads)));
		}
		finally {
			running.forEach(PeerProcess::close);
		}
	}

	private void delayed(Arena arena, PeerClassPath classPath, Path directory)
			throws IOException, InterruptedException {
		List<PeerProcess> running = start(arena.proxied(), classPath, directory);
		try {
			Map<Peer, RoundTrips> trips = new EnumMap<>(Peer.class);
			for (PeerProcess peer : running) {
				progress("round trips of", peer.peer());
				peer.load(this.warmUp / 2, this.threads);
				trips.put(peer.peer(), RoundTrips.measure(peer, arena));
			}
			print("Round trips", Report.roundTrips(trips));
			arena.delay(Duration.ofMillis(this.delay));
			print(this.delay + " ms of delay, 1 client",
					Report.load(Rounds.run(running, this.rounds, this.window / 2, 1)));
			print(this.delay + " ms of delay, " + this.threads + " clients",
					Report.load(Rounds.run(running, this.rounds, this.window, this.threads)));
		}
		finally {
			arena.delay(Duration.ZERO);
			running.forEach(PeerProcess::close);
		}
	}

	private void overhead(Arena arena, PeerClassPath classPath, Path directory)
			throws IOException, InterruptedException {
		Map<Peer, List<Overhead>> results = new EnumMap<>(Peer.class);
		for (Peer peer : inOrder()) {
			progress("overhead of", peer);
			results.put(peer, Overhead.measure(peer, arena.direct(), classPath, directory));
		}
		print("Getting and closing a connection", Report.overhead(results));
	}

	private void failover(PeerClassPath classPath, Path directory)
			throws IOException, SQLException, InterruptedException {
		Map<Peer, Recovery> results = new EnumMap<>(Peer.class);
		for (Peer peer : inOrder()) {
			progress("failover of", peer);
			results.put(peer, Failover.measure(peer, classPath, directory, this.pool));
		}
		print("Failover", Report.failover(results));
	}

	private List<PeerProcess> start(Servers servers, PeerClassPath classPath, Path directory) throws IOException {
		List<PeerProcess> running = new ArrayList<>();
		try {
			for (Peer peer : inOrder()) {
				progress("starting", peer);
				running.add(PeerProcess.start(peer, servers, classPath, directory));
			}
			return running;
		}
		catch (IOException ex) {
			running.forEach(PeerProcess::close);
			throw ex;
		}
	}

	private List<Peer> inOrder() {
		return this.peers.stream().sorted().toList();
	}

	private static void progress(String what, Peer peer) {
		System.err.println(what + " " + peer.id() + " ...");
	}

	private static void print(String title, String table) {
		System.out.println("### " + title + System.lineSeparator());
		System.out.println(table);
	}

	/** What --help offers. */
	static final class PeerIds implements Iterable<String> {

		@Override
		public Iterator<String> iterator() {
			return Stream.of(Peer.values()).map(Peer::id).iterator();
		}

	}

	/** A part of the benchmarks. */
	enum Part {

		/** Throughput, latency and CPU time without delay. */
		THROUGHPUT,

		/** Round trips, and latency with delay. */
		DELAY,

		/** Nanoseconds and bytes of the routing alone. */
		OVERHEAD,

		/** How long no write succeeds when the primary dies. */
		FAILOVER

	}

}
