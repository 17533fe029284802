package io.tandem.gateway.support;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Many requests at once over kept-alive connections, and what became of them.
 */
public final class Traffic {

	private final Map<String, AtomicInteger> servedBy = new ConcurrentHashMap<>();

	private final Queue<String> failures = new ConcurrentLinkedQueue<>();

	/** Sends the requests from as many connections as the concurrency says. */
	public static Traffic send(int port, int requests, int concurrency, Exchange exchange) {
		Traffic traffic = new Traffic();
		AtomicInteger remaining = new AtomicInteger(requests);
		try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
			List<? extends Future<?>> all = IntStream.range(0, concurrency)
				.mapToObj((worker) -> workers.submit(() -> traffic.work(port, remaining, exchange)))
				.toList();
			for (Future<?> worker : all) {
				worker.get();
			}
		}
		catch (InterruptedException | ExecutionException ex) {
			throw new IllegalStateException(ex);
		}
		return traffic;
	}

	private void work(int port, AtomicInteger remaining, Exchange exchange) {
		while (remaining.getAndDecrement() > 0) {
			try (TestClient client = new TestClient(port)) {
				do {
					record(exchange.perform(client));
				}
				while (remaining.getAndDecrement() > 0);
			}
			catch (IOException ex) {
				failures.add(ex.toString());
			}
		}
	}

	private void record(TestMessage response) {
		if (response.status() != 200) {
			failures.add(response.start() + " " + response.body());
			return;
		}
		servedBy.computeIfAbsent(String.valueOf(response.header("X-Served-By")), (id) -> new AtomicInteger())
			.incrementAndGet();
	}

	/** The number of answers of each instance. */
	public Map<String, Integer> servedBy() {
		Map<String, Integer> counts = new TreeMap<>();
		servedBy.forEach((id, count) -> counts.put(id, count.get()));
		return counts;
	}

	/** What went wrong, as the client saw it. */
	public List<String> failures() {
		return List.copyOf(failures);
	}

	/** One request and its answer. */
	@FunctionalInterface
	public interface Exchange {

		TestMessage perform(TestClient client) throws IOException;

	}

}
