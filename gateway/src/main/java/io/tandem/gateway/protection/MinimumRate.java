package io.tandem.gateway.protection;

/**
 * Notices that bytes move too slowly, whether they drip or stand still.
 * <p>
 * A balance that begins at what the minimum rate would bring in the time of patience:
 * each tick takes from it what the minimum rate would bring in a tick, and adds the bytes
 * that really moved, up to where it began. At a constant pace below the minimum it is
 * used up; a burst buys no more than one time of patience.
 */
final class MinimumRate {

	private final long perTick;

	private final long most;

	private long balance;

	/**
	 * Creates the measurement.
	 * @param perTick the minimum, in bytes
	 * @param patience ticks without a single byte that are just too many
	 */
	MinimumRate(long perTick, int patience) {
		this.perTick = perTick;
		this.most = perTick * patience;
		this.balance = most;
	}

	void restart() {
		balance = most;
	}

	/** Counts a tick in which these bytes moved. */
	boolean isTooSlowAfter(long bytes) {
		balance = Math.min(balance + bytes, most) - perTick;
		return balance < 0;
	}

}
