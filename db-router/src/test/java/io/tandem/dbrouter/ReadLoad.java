package io.tandem.dbrouter;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import io.tandem.dbrouter.app.Notes;
import org.awaitility.Awaitility;

import org.springframework.context.ApplicationContext;

/**
 * Four threads that read one after the other.
 */
final class ReadLoad implements AutoCloseable {

	private static final int READERS = 4;

	final Queue<Throwable> errors = new ConcurrentLinkedQueue<>();

	private final AtomicLong count = new AtomicLong();

	private final AtomicBoolean end = new AtomicBoolean();

	private final ExecutorService threads = Executors.newFixedThreadPool(READERS);

	ReadLoad(ApplicationContext context) {
		Notes notes = context.getBean(Notes.class);
		for (int reader = 0; reader < READERS; reader++) {
			this.threads.execute(() -> repeat(notes));
		}
	}

	private void repeat(Notes notes) {
		while (!this.end.get()) {
			try {
				notes.read(1);
				this.count.incrementAndGet();
			}
			catch (RuntimeException ex) {
				this.errors.add(ex);
			}
		}
	}

	void awaitReads(int more) {
		long before = this.count.get();
		Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> this.count.get() > before + more);
	}

	@Override
	public void close() {
		this.end.set(true);
		this.threads.shutdown();
		try {
			if (!this.threads.awaitTermination(20, TimeUnit.SECONDS)) {
				throw new IllegalStateException("A reader hangs");
			}
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
