package io.tandem.dbrouter.routing;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import io.tandem.dbrouter.ReadFallbackLimitException;
import org.jspecify.annotations.Nullable;

/**
 * Bounds the reads on the primary that no replica could take, so that the rest of its
 * connections stays for writes.
 */
final class FallbackLimit {

	private final int limit;

	private final Duration longestWait;

	private final Semaphore permits;

	/**
	 * Creates the limit.
	 * @param limit how many such reads may be on the primary at once
	 * @param longestWait how long another one waits
	 */
	FallbackLimit(int limit, Duration longestWait) {
		this.limit = limit;
		this.longestWait = longestWait;
		this.permits = new Semaphore(limit);
	}

	/**
	 * Lets a unit of work in.
	 * @param route where it goes
	 * @return what to release when it ends, {@code null} if it needs no permit
	 * @throws ReadFallbackLimitException if there is no room in time
	 */
	@Nullable Semaphore enter(Route route) throws SQLException {
		if (!route.reason().isFallback()) {
			return null;
		}
		try {
			if (this.permits.tryAcquire()
					|| (this.limit > 0 && this.permits.tryAcquire(this.longestWait.toNanos(), TimeUnit.NANOSECONDS))) {
				return this.permits;
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		throw new ReadFallbackLimitException(
				"No replica can take the read, and " + this.limit + " such reads are on the primary " + route.node()
						+ " already (db-router.reads.fallback-limit): the rest of its connections is for writes.");
	}

}
