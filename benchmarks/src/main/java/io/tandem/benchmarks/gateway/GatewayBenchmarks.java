package io.tandem.benchmarks.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;

import io.tandem.benchmarks.report.Samples;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The command line of the benchmark.
 */
@Command(name = "benchmarks/gateway", mixinStandardHelpOptions = true, sortOptions = false,
		description = "Measures Tandem's gateway side by side with HAProxy, nginx and the vanilla Spring Cloud Gateway,"
				+ " and prints the tables of docs/performance.md. All proxies share one processor and take turns;"
				+ " wrk and two nginx backends (1 KiB of JSON) have another. What is not installed is downloaded.")
final class GatewayBenchmarks implements Callable<Integer> {

	@Option(names = "--proxies", split = ",",
			description = "Only these, of: ${COMPLETION-CANDIDATES} (default: all but WATCHED and IO_URING)")
	private Set<Proxy> proxies = EnumSet.complementOf(EnumSet.of(Proxy.WATCHED, Proxy.IO_URING));

	@Option(names = "--rounds", defaultValue = "3",
			description = "Windows for each proxy; 0 leaves the load out (default: ${DEFAULT-VALUE})")
	private int rounds;

	@Option(names = "--window", defaultValue = "5", description = "Seconds of a window (default: ${DEFAULT-VALUE})")
	private int window;

	@Option(names = "--warm-up", defaultValue = "60",
			description = "Seconds of load on each proxy in Java before the first round (default: ${DEFAULT-VALUE})")
	private int warmUp;

	@Option(names = "--connections", defaultValue = "64", description = "Of the load (default: ${DEFAULT-VALUE})")
	private int connections;

	@Option(names = "--rate", defaultValue = "2000",
			description = "Requests a second in the part with a fixed rate; 0 leaves it out (default: ${DEFAULT-VALUE})")
	private int rate;

	@Option(names = "--starts", defaultValue = "3",
			description = "Starts of each proxy in Java to be timed, on all processors (default: ${DEFAULT-VALUE})")
	private int starts;

	@Option(names = "--dashboards", defaultValue = "20",
			description = "Open on the proxy 'watched' while it is measured (default: ${DEFAULT-VALUE})")
	private int dashboards;

	@Option(names = "--proxy-cpu", defaultValue = "0", description = "Of the proxies (default: ${DEFAULT-VALUE})")
	private String proxyCpu = "";

	@Option(names = "--load-cpus", defaultValue = "1",
			description = "Of wrk and the backends, as taskset wants them (default: ${DEFAULT-VALUE})")
	private String loadCpus = "";

	@Option(names = "--jvm-options", split = " ",
			defaultValue = "-XX:+UseSerialGC -XX:+UseCompactObjectHeaders -Xss512k -Xmx64m -Xmn14m -XX:SurvivorRatio=20"
					+ " -XX:MaxDirectMemorySize=48m -XX:ReservedCodeCacheSize=48m -XX:SweeperThreshold=100"
					+ " -XX:FreqInlineSize=100 -XX:TrimNativeHeapInterval=5000 --enable-native-access=ALL-UNNAMED"
					+ " --sun-misc-unsafe-memory-access=allow -Xlog:aot*=error",
			description = "Of Tandem's gateway (default: ${DEFAULT-VALUE})")
	private List<String> options = List.of();

	@Option(names = "--tools", hidden = true)
	private Path tools = Path.of("");

	@Option(names = "--jar", hidden = true)
	private Path jar = Path.of("");

	@Option(names = "--vanilla-class-path", hidden = true)
	private String vanillaClassPath = "";

	@Option(names = "--io-uring-class-path", hidden = true)
	private String ioUringClassPath = "";

	/**
	 * Runs the benchmark.
	 * @param arguments see {@code --help}
	 */
	public static void main(String[] arguments) {
		System.exit(commandLine().execute(arguments));
	}

	static CommandLine commandLine() {
		return new CommandLine(new GatewayBenchmarks()).setCaseInsensitiveEnumValuesAllowed(true);
	}

	@Override
	public Integer call() throws IOException, InterruptedException {
		Path directory = Files.createTempDirectory("tandem-benchmarks");
		progress("Logs are in " + directory);
		Tools installed = new Tools(tools);
		UnpackedGateway gateway = UnpackedGateway.unpack(jar, directory);
		if (proxies.stream().anyMatch(Proxy::isTandem)) {
			progress("training the ahead-of-time cache ...");
			gateway.train(options);
		}
		Commands commands = new Commands(installed, gateway, vanillaClassPath, ioUringClassPath, directory, options);
		try (Arena arena = new Arena(commands, new Wrk(installed, loadCpus, directory), directory)) {
			start(arena);
			if (rounds > 0) {
				load(arena);
			}
		}
		return 0;
	}

	private void start(Arena arena) throws IOException, InterruptedException {
		Samples<Proxy, Double> seconds = new Samples<>();
		for (int i = 0; i < starts; i++) {
			for (Proxy proxy : inOrder().stream().filter(Proxy::isJava).toList()) {
				progress("starting " + proxy.id() + " ...");
				try (ServerProcess process = arena.start(proxy, "")) {
					seconds.add(proxy, process.start().toMillis() / 1000.0);
				}
			}
		}
		if (starts > 0) {
			print("Start", Report.start(seconds));
		}
	}

	private void load(Arena arena) throws IOException, InterruptedException {
		arena.start(inOrder(), proxyCpu);
		progress("warming up ...");
		arena.warmUp(connections, warmUp);
		arena.watch(dashboards);
		progress("measuring ...");
		Samples<Proxy, Window> closed = arena.measure(rounds, connections, window, 0);
		Map<Proxy, Double> megabytes = arena.residentMegabytes();
		print("As many requests as are answered, " + connections + " connections", Report.load(closed, megabytes));
		if (rate > 0) {
			Samples<Proxy, Window> fixed = arena.measure(rounds, connections, window, rate);
			print("At most " + rate + " requests a second, " + connections + " connections",
					Report.load(fixed, arena.residentMegabytes()));
		}
		if (proxies.containsAll(Set.of(Proxy.TANDEM, Proxy.WATCHED))) {
			print(dashboards + " dashboards open", Report.watched(closed));
		}
	}

	private List<Proxy> inOrder() {
		return proxies.stream().sorted().toList();
	}

	private static void progress(String what) {
		System.err.println(what);
	}

	private static void print(String title, String table) {
		System.out.println("### " + title + System.lineSeparator());
		System.out.println(table);
	}

}
