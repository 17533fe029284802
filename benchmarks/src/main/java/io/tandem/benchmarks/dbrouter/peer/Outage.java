package io.tandem.benchmarks.dbrouter.peer;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Clients that write and read, each about 50 times a second, while the primary dies and
 * the replica is promoted.
 */
final class Outage {

	private static final int CLIENTS = 8;

	private static final long PAUSE_MILLIS = 20;

	private final Items items;

	private final AtomicLong failedWrites = new AtomicLong();

	private final AtomicLong failedReads = new AtomicLong();

	private final AtomicLong slowestRead = new AtomicLong();

	private final CompletableFuture<Long> firstWrite = new CompletableFuture<>();

	private volatile boolean primaryDead;

	private volatile boolean over;

	Outage(Items items) {
		this.items = items;
	}

	/** Begins; the clients go on in the background. */
	Outage start() {
		for (int i = 0; i < CLIENTS; i++) {
			Thread.ofPlatform().daemon().name("writer-" + i).start(() -> repeat(this::write));
			Thread.ofPlatform().daemon().name("reader-" + i).start(() -> repeat(this::read));
		}
		return this;
	}

	/** From now on a write that succeeds was done by another primary. */
	void primaryIsDead() {
		this.primaryDead = true;
	}

	/**
	 * Waits for the first write that succeeds after a promotion, which is now.
	 * @param atMost how long to wait
	 * @return what the clients noticed
	 */
	Recovery promoted(Duration atMost) throws InterruptedException, ExecutionException {
		long promotion = System.nanoTime();
		long millis;
		try {
			long first = this.firstWrite.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
			millis = Math.max(0, TimeUnit.NANOSECONDS.toMillis(first - promotion));
		}
		catch (TimeoutException ex) {
			millis = Recovery.NEVER;
		}
		this.over = true;
		return new Recovery(millis, this.failedWrites.get(), this.failedReads.get(),
				TimeUnit.NANOSECONDS.toMillis(this.slowestRead.get()));
	}

	private void repeat(Runnable request) {
		while (!this.over) {
			request.run();
			try {
				TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
			}
			catch (InterruptedException ex) {
				return;
			}
		}
	}

	private void write() {
		try {
			this.items.write(1);
			if (this.primaryDead) {
				this.firstWrite.complete(System.nanoTime());
			}
		}
		catch (RuntimeException ex) {
			this.failedWrites.incrementAndGet();
		}
	}

	private void read() {
		long begin = System.nanoTime();
		try {
			this.items.read(1);
		}
		catch (RuntimeException ex) {
			this.failedReads.incrementAndGet();
		}
		this.slowestRead.accumulateAndGet(System.nanoTime() - begin, Math::max);
	}

}
