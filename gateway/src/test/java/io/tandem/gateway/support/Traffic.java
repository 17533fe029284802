package io.tandem.gateway.support;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Many requests at once over kept-alive connections, and what became of them.
 */
public final class Traffic {

	private final Map<String, AtomicInteger> servedBy = new ConcurrentHashMap<>();

	private final Queue<String> failures = new ConcurrentLinkedQueue<>();

	private final AtomicInteger remaining;

	private final List<Thread> workers = new ArrayList<>();

	private Traffic(Connector connector, int requests, int concurrency, Exchange exchange) {
		this.remaining = new AtomicInteger(requests);
		for (int i = 0; i < concurrency; i++) {
			workers.add(Thread.startVirtualThread(() -> work(connector, exchange)));
		}
	}

	/** Sends the requests from as many connections as the concurrency says. */
	public static Traffic send(int port, int requests, int concurrency, Exchange exchange) {
		return new Traffic(() -> new TestClient(port), requests, concurrency, exchange).await();
	}

	/** Sends requests until it is stopped, about so many a second in all. */
	public static Traffic start(int port, int perSecond, int concurrency, Exchange exchange) {
		return start(() -> new TestClient(port), perSecond, concurrency, exchange);
	}

	/** The same over connections of another kind. */
	public static Traffic start(Connector connector, int perSecond, int concurrency, Exchange exchange) {
		return new Traffic(connector, Integer.MAX_VALUE, concurrency, (client) -> {
			pause(Duration.ofSeconds(1).multipliedBy(concurrency).dividedBy(perSecond));
			return exchange.perform(client);
		});
	}

	private static void pause(Duration time) {
		try {
			Thread.sleep(time);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/** Lets the requests under way end. */
	public Traffic stop() {
		remaining.set(0);
		return await();
	}

	private Traffic await() {
		try {
			for (Thread worker : workers) {
				worker.join();
			}
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
		return this;
	}

	private void work(Connector connector, Exchange exchange) {
		while (remaining.getAndDecrement() > 0) {
			try (TestClient client = connector.connect()) {
				TestMessage response;
				do {
					response = exchange.perform(client);
					record(response);
				}
				while (!response.isLast() && remaining.getAndDecrement() > 0);
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

	/** The number of good answers so far. */
	public int answered() {
		return servedBy.values().stream().mapToInt(AtomicInteger::get).sum();
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

	/** Opens a connection. */
	@FunctionalInterface
	public interface Connector {

		TestClient connect() throws IOException;

	}

	/** One request and its answer. */
	@FunctionalInterface
	public interface Exchange {

		TestMessage perform(TestClient client) throws IOException;

	}

}
