package io.tandem.benchmarks.dbrouter.peer;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import com.sun.management.OperatingSystemMXBean;

/**
 * Clients at work at the same time, as fast as they can.
 */
final class Load {

	private final Items items;

	private final Supplier<Session> sessions;

	Load(Items items, Supplier<Session> sessions) {
		this.items = items;
		this.sessions = sessions;
	}

	Window run(double seconds, int threads) throws InterruptedException {
		OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
		long cpu = system.getProcessCpuTime();
		long begin = System.nanoTime();
		long end = begin + (long) (seconds * 1e9);
		List<Client> clients = new ArrayList<>();
		List<Thread> running = new ArrayList<>();
		for (int i = 0; i < threads; i++) {
			Client client = new Client(this.items, this.sessions.get(), i);
			clients.add(client);
			running.add(Thread.ofPlatform().name("client-" + i).start(() -> client.run(end)));
		}
		for (Thread thread : running) {
			thread.join();
		}
		double took = (System.nanoTime() - begin) / 1e9;
		return window(clients, took, (system.getProcessCpuTime() - cpu) / 1e9);
	}

	private static Window window(List<Client> clients, double seconds, double cpuSeconds) {
		Latencies reads = new Latencies();
		Latencies writes = new Latencies();
		long errors = 0;
		for (Client client : clients) {
			reads.addAll(client.reads());
			writes.addAll(client.writes());
			errors += client.errors();
		}
		return new Window(seconds, reads.size(), writes.size(), errors, cpuSeconds, reads.micros(0.5),
				reads.micros(0.99), writes.micros(0.5), writes.micros(0.99));
	}

}
