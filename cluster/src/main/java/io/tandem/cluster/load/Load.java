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
import java.util.function.Consumer;

import io.tandem.cluster.load.LinkCalls.Link;
import org.jspecify.annotations.Nullable;

/**
 * Mixed traffic at a constant rate. Every request has a moment at which it is due; its
 * time counts from then, so that a stall is not hidden by requests that were never sent
 * (<a href="https://www.scylladb.com/2021/04/22/on-coordinated-omission/">coordinated
 * omission</a>).
 */
public final class Load implements AutoCloseable {

	/** How long a client asks about a link in vain before it gives up. */
	private static final Duration PATIENCE = Duration.ofSeconds(30);

	/**
	 * Links that are remembered, of all clients together: about 90 bytes each, of 256 MB.
	 */
	private static final int MOST_LINKS = 1_000_000;

	private static final Duration PAUSE = Duration.ofMillis(200);

	private final LoadPlan plan;

	private final Duration patience;

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

	private Load(LoadPlan plan, Duration patience, int mostLinks) {
		this.plan = plan;
		this.patience = patience;
		for (int i = 0; i < plan.clients(); i++) {
			this.clients.add(new LoadClient(this.http, plan.target(), Math.max(1, mostLinks / plan.clients())));
		}
	}

	/**
	 * Starts the traffic.
	 * @param plan which traffic
	 * @return the traffic under way
	 */
	public static Load start(LoadPlan plan) {
		return start(plan, PATIENCE, MOST_LINKS);
	}

	static Load start(LoadPlan plan, Duration patience, int mostLinks) {
		Load load = new Load(plan, patience, mostLinks);
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

	/** Whether the traffic was stopped. */
	public boolean isStopped() {
		return this.stop.getCount() == 0;
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
	 * Looks for every acknowledged link that is remembered. A client that nobody has
	 * answered for half a minute gives up. The traffic must have ended.
	 * @return what was found
	 * @throws InterruptedException if the thread was interrupted
	 */
	public Verdict check() throws InterruptedException {
		Queue<String> lost = new ConcurrentLinkedQueue<>();
		long unknown = askForEachLink(LoadClient::isThere, (link) -> lost.add(link.code()));
		long acknowledged = this.clients.stream().mapToLong((client) -> client.acknowledged().count()).sum();
		long remembered = this.clients.stream().mapToLong((client) -> client.acknowledged().size()).sum();
		return new Verdict(acknowledged, acknowledged - remembered, List.copyOf(lost), unknown);
	}

	/**
	 * Deletes every link that is remembered, and those of failed writes, with the same
	 * patience. The traffic must have ended.
	 * @return how many could not be deleted
	 * @throws InterruptedException if the thread was interrupted
	 */
	public long delete() throws InterruptedException {
		AtomicLong refused = new AtomicLong();
		forEachClient(LoadClient::claimDoubtful);
		return askForEachLink(LoadClient::delete, (link) -> refused.incrementAndGet()) + refused.get();
	}

	/** Each client asks about its own links, for it has the token of their writes. */
	private long askForEachLink(Question question, Consumer<Link> ifNot) throws InterruptedException {
		AtomicLong unknown = new AtomicLong();
		forEachClient((client) -> ask(client, question, ifNot, unknown));
		return unknown.get();
	}

	private void forEachClient(ClientWork work) throws InterruptedException {
		List<Thread> threads = this.clients.stream()
			.map((client) -> Thread.ofVirtual().name("ask").start(() -> uninterrupted(() -> work.run(client))))
			.toList();
		for (Thread thread : threads) {
			thread.join();
		}
	}

	private void ask(LoadClient client, Question question, Consumer<Link> ifNot, AtomicLong unknown)
			throws InterruptedException {
		long answered = System.nanoTime();
		for (int i = 0; i < client.acknowledged().size(); i++) {
			Link link = client.acknowledged().get(i);
			Boolean answer = null;
			while (answer == null && System.nanoTime() - answered < this.patience.toNanos()) {
				answer = question.ask(client, link);
				if (answer == null) {
					Thread.sleep(PAUSE);
				}
			}
			if (answer == null) {
				unknown.incrementAndGet();
				continue;
			}
			// Progress, however slow, is no reason to give up.
			answered = System.nanoTime();
			if (!answer) {
				ifNot.accept(link);
			}
		}
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
	private interface Question {

		@Nullable Boolean ask(LoadClient client, Link link) throws InterruptedException;

	}

	@FunctionalInterface
	private interface ClientWork {

		void run(LoadClient client) throws InterruptedException;

	}

	@FunctionalInterface
	private interface Work {

		void run() throws InterruptedException;

	}

}
