package io.tandem.dbrouter.consistency;

import java.util.concurrent.atomic.AtomicInteger;

import io.tandem.dbrouter.gtid.GtidSet;

/**
 * What one unit of work, such as a web request, has to see. Several threads may work on
 * it.
 */
public final class ConsistencyContext {

	private final RecentTransactions required;

	private final AtomicInteger additions = new AtomicInteger();

	ConsistencyContext(RecentTransactions required) {
		this.required = required;
	}

	/**
	 * The transactions its reads must see.
	 * @return what its client and it itself have lately written, or seen if reads are
	 * monotonic
	 */
	public GtidSet required() {
		return this.required.get();
	}

	/**
	 * How often something was added, to find out whether it was since one looked last.
	 * @return the number of additions
	 */
	public int additions() {
		return this.additions.get();
	}

	void add(GtidSet transactions) {
		this.required.add(transactions);
		this.additions.incrementAndGet();
	}

}
