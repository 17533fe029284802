package io.tandem.dbrouter;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.tandem.dbrouter.app.Notes;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Clients that write and read, ten times a second each, through several instances of an
 * application. Writes are numbered and go to the table {@code trial}.
 */
final class TrialLoad implements AutoCloseable {

	private static final int CLIENTS = 10;

	private final List<Future<?>> rounds = new ArrayList<>();

	private final ScheduledExecutorService clients = Executors.newScheduledThreadPool(2 * CLIENTS);

	private final AtomicLong numbers;

	final Queue<Long> acknowledged = new ConcurrentLinkedQueue<>();

	final Queue<Failure> failedWrites = new ConcurrentLinkedQueue<>();

	final Queue<Failure> failedReads = new ConcurrentLinkedQueue<>();

	final AtomicLong reads = new AtomicLong();

	volatile long lastWriteAt;

	volatile Duration slowestWrite = Duration.ZERO;

	TrialLoad(AtomicLong numbers, List<ConfigurableApplicationContext> instances) {
		this.numbers = numbers;
		for (int client = 0; client < CLIENTS; client++) {
			ConfigurableApplicationContext instance = instances.get(client % instances.size());
			JdbcTemplate jdbc = instance.getBean(JdbcTemplate.class);
			TransactionTemplate transaction = new TransactionTemplate(
					instance.getBean(PlatformTransactionManager.class));
			Notes notes = instance.getBean(Notes.class);
			every(() -> write(jdbc, transaction));
			every(() -> read(notes));
		}
	}

	private void every(Runnable work) {
		this.rounds.add(this.clients.scheduleWithFixedDelay(work, 10, 100, TimeUnit.MILLISECONDS));
	}

	private void write(JdbcTemplate jdbc, TransactionTemplate transaction) {
		long number = this.numbers.incrementAndGet();
		long start = System.nanoTime();
		try {
			transaction.executeWithoutResult((status) -> jdbc.update("INSERT INTO trial (id) VALUES (?)", number));
			this.acknowledged.add(number);
			this.lastWriteAt = System.nanoTime();
		}
		catch (RuntimeException ex) {
			this.failedWrites.add(new Failure(start, System.nanoTime(), ex));
		}
		Duration took = Duration.ofNanos(System.nanoTime() - start);
		if (took.compareTo(this.slowestWrite) > 0) {
			this.slowestWrite = took;
		}
	}

	private void read(Notes notes) {
		long start = System.nanoTime();
		try {
			notes.read(1);
			this.reads.incrementAndGet();
		}
		catch (RuntimeException ex) {
			this.failedReads.add(new Failure(start, System.nanoTime(), ex));
		}
	}

	@Override
	public void close() {
		this.clients.shutdown();
		try {
			if (!this.clients.awaitTermination(20, TimeUnit.SECONDS)) {
				throw new IllegalStateException("A client hangs");
			}
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** The messages of failures and all their causes. */
	static List<String> messages(Queue<Failure> failures) {
		List<String> messages = new ArrayList<>();
		for (Failure failure : failures) {
			StringBuilder message = new StringBuilder();
			for (Throwable cause = failure.error(); cause != null; cause = cause.getCause()) {
				message.append(cause.getClass().getSimpleName()).append(": ").append(cause.getMessage()).append(" | ");
			}
			messages.add(message.toString());
		}
		return messages;
	}

	/**
	 * A failed unit of work.
	 *
	 * @param begunAt when it began
	 * @param failedAt when it failed
	 * @param error why
	 */
	record Failure(long begunAt, long failedAt, Throwable error) {
	}

}
