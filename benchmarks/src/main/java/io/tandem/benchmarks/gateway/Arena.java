package io.tandem.benchmarks.gateway;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.tandem.benchmarks.report.Samples;
import org.jspecify.annotations.Nullable;

/**
 * Two backends and all proxies, running side by side. The proxies share one processor and
 * take turns; the others are for the backends and the load.
 */
final class Arena implements AutoCloseable {

	/** How many seconds clients stay while a proxy is warmed up. */
	private static final int WARM_UP_WINDOW = 5;

	private final Map<Proxy, ServerProcess> proxies = new EnumMap<>(Proxy.class);

	private final List<Integer> backendPorts = List.of(Ports.free(), Ports.free());

	private final Commands commands;

	private final Path directory;

	private final ServerProcess backends;

	private final Wrk wrk;

	private int watchedPort;

	private @Nullable Dashboards dashboards;

	Arena(Commands commands, Wrk wrk, Path directory) throws IOException, InterruptedException {
		this.commands = commands;
		this.wrk = wrk;
		this.directory = directory;
		this.backends = ServerProcess.start(commands.backends(this.backendPorts), wrk.cpus(),
				this.backendPorts.getFirst(), directory.resolve("backends.log"));
	}

	void start(Collection<Proxy> all, String cpu) throws IOException, InterruptedException {
		for (Proxy proxy : all) {
			this.proxies.put(proxy, start(proxy, cpu));
		}
	}

	/**
	 * Opens dashboards of the gateway that is to be watched, if it is among the proxies.
	 */
	void watch(int count) throws IOException, InterruptedException {
		if (this.proxies.containsKey(Proxy.WATCHED)) {
			this.dashboards = Dashboards.open(this.watchedPort, count);
		}
	}

	/** Starts a proxy, with all processors if none is named. */
	ServerProcess start(Proxy proxy, String cpu) throws IOException, InterruptedException {
		int port = Ports.free();
		int management = Ports.free();
		if (proxy == Proxy.WATCHED) {
			this.watchedPort = management;
		}
		return ServerProcess.start(this.commands.of(proxy, port, management, this.backendPorts),
				cpu.isEmpty() ? null : cpu, port, this.directory.resolve(proxy.id() + ".log"));
	}

	/**
	 * Puts load on the proxies whose code a JVM still has to compile, also that for
	 * clients who come and go.
	 */
	void warmUp(int connections, int seconds) throws IOException {
		for (Map.Entry<Proxy, ServerProcess> each : this.proxies.entrySet()) {
			for (int left = each.getKey().isJava() ? seconds : 0; left > 0; left -= WARM_UP_WINDOW) {
				this.wrk.run(each.getValue().port(), connections, Math.min(left, WARM_UP_WINDOW), 0);
			}
		}
	}

	/** Puts load on each proxy in turn; every round begins with another one. */
	Samples<Proxy, Window> measure(int rounds, int connections, int seconds, int rate) throws IOException {
		Samples<Proxy, Window> samples = new Samples<>();
		List<Proxy> order = new ArrayList<>(this.proxies.keySet());
		for (int i = 0; i < rounds; i++) {
			for (Proxy proxy : order) {
				samples.add(proxy, window(running(proxy), connections, seconds, rate));
			}
			Collections.rotate(order, -1);
		}
		return samples;
	}

	private Window window(ServerProcess proxy, int connections, int seconds, int rate) throws IOException {
		long before = proxy.cpuMicros();
		Wrk.Result result = this.wrk.run(proxy.port(), connections, seconds, rate);
		double cpu = (double) (proxy.cpuMicros() - before) / Math.max(1, result.requests());
		return new Window(cpu, result.perSecond(), result.p50Millis(), result.p99Millis(), result.errors());
	}

	Map<Proxy, Double> residentMegabytes() throws IOException {
		Map<Proxy, Double> megabytes = new EnumMap<>(Proxy.class);
		for (Proxy proxy : this.proxies.keySet()) {
			megabytes.put(proxy, running(proxy).residentMegabytes());
		}
		return megabytes;
	}

	private ServerProcess running(Proxy proxy) {
		return Objects.requireNonNull(this.proxies.get(proxy), "not started");
	}

	@Override
	public void close() {
		if (this.dashboards != null) {
			this.dashboards.close();
		}
		this.proxies.values().forEach(ServerProcess::close);
		this.backends.close();
	}

}
