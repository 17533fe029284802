package io.tandem.webapp.visit;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Moves visits from the counter to the database. A batch that could not be written is
 * kept as it is and tried again before any later one.
 */
@Component
class VisitFlusher {

	/** Links in one statement. */
	private static final int BATCH_SIZE = 500;

	private static final Log logger = LogFactory.getLog(VisitFlusher.class);

	private final VisitCounter counter;

	private final VisitWriter writer;

	private final ReentrantLock lock = new ReentrantLock();

	private volatile @Nullable VisitBatch unanswered;

	VisitFlusher(VisitCounter counter, VisitWriter writer) {
		this.counter = counter;
		this.writer = writer;
	}

	/**
	 * Writes all visits counted so far.
	 * @return whether nothing is left to write
	 */
	boolean flush() {
		this.lock.lock();
		try {
			while (writeNext()) {
				// More may have been counted than fits into one batch.
			}
			return true;
		}
		catch (RuntimeException ex) {
			logger.debug("Visits could not be written", ex);
			return false;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Writes all visits, trying again until the time is over.
	 * @param atMost how long to try
	 * @return whether nothing is left to write
	 */
	boolean flush(Duration atMost) {
		long deadline = System.nanoTime() + atMost.toNanos();
		while (!flush()) {
			if (System.nanoTime() >= deadline) {
				return false;
			}
			LockSupport.parkNanos(Duration.ofMillis(250).toNanos());
		}
		return true;
	}

	private boolean writeNext() {
		VisitBatch batch = this.unanswered;
		if (batch != null) {
			this.writer.writeAgain(batch);
			logger.info("Visits are written again");
			this.unanswered = null;
			return true;
		}
		List<Visits> visits = this.counter.drain(BATCH_SIZE);
		if (visits.isEmpty()) {
			return false;
		}
		batch = VisitBatch.of(visits);
		try {
			this.writer.write(batch);
		}
		catch (RuntimeException ex) {
			this.unanswered = batch;
			logger.warn("Visits cannot be written and are kept in memory: " + ex.getMessage());
			throw ex;
		}
		return true;
	}

	/**
	 * Returns how many visits were taken from the counter and are not known to be
	 * written.
	 */
	long unanswered() {
		VisitBatch batch = this.unanswered;
		return (batch != null) ? batch.total() : 0;
	}

}
