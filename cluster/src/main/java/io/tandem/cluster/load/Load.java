package io.tandem.cluster.load;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.tandem.cluster.load.LinkCalls.Link;
import org.jspecify.annotations.Nullable;

/**
 * Mixed traffic at a constant rate. Every request has a moment at which it is due; its
 * time counts from then, so that a stall is not hidden by requests that were never sent
 * (<a href="https://www.scylladb.com/2021/04/22/on-coordinated-omission/">coordinated
 * omission</a>).
 */
public final class Load implements AutoCloseable {

	/** For how long links are looked for that nobody could tell about. */
	private static final Duration CHECK = Duration.ofSeconds(30);

	private static final Duration PAUSE = Duration.ofMillis(200);

	private final LoadPlan plan;

	private final HttpClient http = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.followRedirects(HttpClient.Redirect.NEVER)
		.connectTimeout(Duration.ofSeconds(5))
		.build();

	private final List<LoadClient> clients = new ArrayList<>();

	private final Recording interval = new Recording();

	private final Recording all = new Recording();

	private final AtomicLong tickets = new AtomicLong();

	private final CountDownLatch stop = new CountDownLatch(1);

	private final List<Thread> threads = new ArrayList<>();

	private final long begin = System.nanoTime();

	private Load(LoadPlan plan) {
		this.plan = plan;
		for (int i = 0; i < plan.clients(); i++) {
			this.clients.add(new LoadClient(this.http, plan.target()));
		}
	}

	/**
	 * Starts the traffic.
	 * @param plan which traffic
	 * @return the traffic under way
	 */
	public static Load start(LoadPlan plan) {
		Load load = new Load(plan);
		for (LoadClient client : load.clients) {
			load.threads.add(Thread.ofVirtual().name("load").start(() -> load.run(client)));
		}
		return load;
	}

	/**
	 * Waits until an interval has passed or the traffic has ended.
	 * @param time the interval
	 * @return {@code false} if the traffic has ended
	 * @throws InterruptedException if the thread was interrupted
	 */
	public boolean goesOnFor(Duration time) throws InterruptedException {
		long left = this.plan.duration().toNanos() - (System.nanoTime() - this.begin);
		boolean stopped = this.stop.await(Math.min(time.toNanos(), left), TimeUnit.NANOSECONDS);
		return !stopped && left > time.toNanos();
	}

	/**
	 * What was measured since this was last asked for.
	 * @return the figures
	 */
	public Figures interval() {
		return this.interval.take();
	}

	/** Lets the requests under way end and sends no more. */
	public void stop() {
		this.stop.countDown();
	}

	/**
	 * Stops the traffic and waits for its requests under way, each of which has a bound.
	 * @return the figures of the whole run
	 * @throws InterruptedException if the thread was interrupted
	 */
	public Figures end() throws InterruptedException {
		stop();
		for (Thread thread : this.threads) {
			thread.join();
		}
		return this.all.take();
	}

	/**
	 * Looks for every acknowledged link, for half a minute at most where nobody answers.
	 * The traffic must have ended.
	 * @param keep whether the links stay, or are deleted after that
	 * @return what was found
	 * @throws InterruptedException if the thread was interrupted
	 */
	public Verdict check(boolean keep) throws InterruptedException {
		long deadline = System.nanoTime() + CHECK.toNanos();
		Queue<String> lost = new ConcurrentLinkedQueue<>();
		AtomicLong unknown = new AtomicLong();
		List<Thread> checkers = this.clients.stream()
			.map((client) -> Thread.ofVirtual()
				.name("check")
				.start(() -> uninterrupted(() -> check(client, deadline, keep, lost, unknown))))
			.toList();
		for (Thread checker : checkers) {
			checker.join();
		}
		long acknowledged = this.clients.stream().mapToLong((client) -> client.acknowledged().size()).sum();
		return new Verdict(acknowledged, List.copyOf(lost), unknown.get());
	}

	private static void check(LoadClient client, long deadline, boolean keep, Queue<String> lost, AtomicLong unknown)
			throws InterruptedException {
		for (Link link : client.acknowledged()) {
			Boolean there = look(client, link, deadline);
			if (there == null) {
				unknown.incrementAndGet();
			}
			else if (!there) {
				lost.add(link.code());
			}
			else if (!keep) {
				client.delete(link);
			}
		}
	}

	private static @Nullable Boolean look(LoadClient client, Link link, long deadline) throws InterruptedException {
		Boolean there = null;
		while (there == null && System.nanoTime() < deadline) {
			there = client.isThere(link);
			if (there == null) {
				Thread.sleep(PAUSE);
			}
		}
		return there;
	}

	private void run(LoadClient client) {
		uninterrupted(() -> {
			while (true) {
				long due = this.begin + TimeUnit.SECONDS.toNanos(this.tickets.getAndIncrement()) / this.plan.rate();
				if (due - this.begin >= this.plan.duration().toNanos()
						|| this.stop.await(due - System.nanoTime(), TimeUnit.NANOSECONDS)) {
					return;
				}
				boolean reads = ThreadLocalRandom.current().nextInt(100) < this.plan.reads();
				Answer answer = (reads && client.hasLinks()) ? client.read() : client.write();
				Duration took = Duration.ofNanos(System.nanoTime() - due);
				this.interval.add(answer, took);
				this.all.add(answer, took);
			}
		});
	}

	private static void uninterrupted(Work work) {
		try {
			work.run();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/** Ends the traffic and its connections. */
	@Override
	public void close() {
		stop();
		this.http.shutdownNow();
	}

	@FunctionalInterface
	private interface Work {

		void run() throws InterruptedException;

	}

}
