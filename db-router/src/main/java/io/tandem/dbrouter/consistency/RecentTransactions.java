package io.tandem.dbrouter.consistency;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

import io.tandem.dbrouter.gtid.GtidSet;

/**
 * Transactions of the recent past, in bounded memory: each is kept for once to twice a
 * given time. Any number of threads may add.
 */
final class RecentTransactions {

	/** More gaps than this are filled, which requires more than was asked for. */
	private static final int MOST_INTERVALS = 16;

	private final AtomicReference<Generations> generations;

	private final long keep;

	private final LongSupplier clock;

	/**
	 * Creates an empty memory.
	 * @param keep how long a transaction is remembered at least
	 * @param clock the time in nanoseconds, as {@link System#nanoTime()}
	 */
	RecentTransactions(Duration keep, LongSupplier clock) {
		this.keep = keep.toNanos();
		this.clock = clock;
		this.generations = new AtomicReference<>(
				new Generations(GtidSet.EMPTY, GtidSet.EMPTY, GtidSet.EMPTY, clock.getAsLong()));
	}

	void add(GtidSet transactions) {
		long now = this.clock.getAsLong();
		this.generations.updateAndGet((current) -> add(current, transactions, now));
	}

	private Generations add(Generations current, GtidSet transactions, long now) {
		long age = now - current.since();
		if (age <= this.keep) {
			return Generations.of(current.older(), current.newer().union(transactions), current.since());
		}
		return Generations.of((age <= 2 * this.keep) ? current.newer() : GtidSet.EMPTY, transactions, now);
	}

	GtidSet get() {
		Generations current = this.generations.get();
		if (current.all().isEmpty()) {
			return GtidSet.EMPTY;
		}
		long age = this.clock.getAsLong() - current.since();
		if (age <= this.keep) {
			return current.all();
		}
		return (age <= 2 * this.keep) ? current.newer() : GtidSet.EMPTY;
	}

	/**
	 * Two generations.
	 *
	 * @param older what was added in the time before the newer ones
	 * @param newer what was added since
	 * @param all both
	 * @param since when the newer generation began
	 */
	private record Generations(GtidSet older, GtidSet newer, GtidSet all, long since) {

		static Generations of(GtidSet older, GtidSet newer, long since) {
			GtidSet condensed = newer.condensed(MOST_INTERVALS);
			return new Generations(older, condensed, older.union(condensed), since);
		}

	}

}
