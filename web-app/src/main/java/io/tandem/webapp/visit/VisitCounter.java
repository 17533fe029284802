package io.tandem.webapp.visit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts visits in memory until they are written. At most 100,000 links are held; while
 * they cannot be written, visits of further links are dropped and counted as such.
 */
public final class VisitCounter {

	/** About 10 MB. */
	private static final int MAX_LINKS = 100_000;

	private final ConcurrentHashMap<Long, Long> visits = new ConcurrentHashMap<>();

	private final LongAdder dropped = new LongAdder();

	private final int maxLinks;

	VisitCounter() {
		this(MAX_LINKS);
	}

	VisitCounter(int maxLinks) {
		this.maxLinks = maxLinks;
	}

	/**
	 * Counts one visit.
	 * @param linkId the link that was followed
	 */
	public void count(long linkId) {
		// Threads that count at the same moment may exceed the limit by their number.
		if (this.visits.mappingCount() >= this.maxLinks && !this.visits.containsKey(linkId)) {
			this.dropped.increment();
			return;
		}
		this.visits.merge(linkId, 1L, Long::sum);
	}

	/**
	 * Takes visits out, each exactly once.
	 * @param maxLinks of how many links at most
	 * @return the visits, in the order of the links' ids
	 */
	List<Visits> drain(int maxLinks) {
		List<Visits> drained = new ArrayList<>();
		for (Long linkId : this.visits.keySet()) {
			if (drained.size() == maxLinks) {
				break;
			}
			// Whoever counts after this removal begins a new entry: nothing falls in
			// between.
			Long number = this.visits.remove(linkId);
			if (number != null) {
				drained.add(new Visits(linkId, number));
			}
		}
		drained.sort(null);
		return drained;
	}

	/**
	 * Returns how many links have visits that were not taken out.
	 */
	long waitingLinks() {
		return this.visits.mappingCount();
	}

	/**
	 * Returns how many visits were dropped since the start.
	 */
	long dropped() {
		return this.dropped.sum();
	}

}
