package io.tandem.dbrouter.failover;

import io.tandem.dbrouter.gtid.GtidSet;

/**
 * Transactions that a primary had committed and its successor does not have.
 *
 * @param from the former primary
 * @param to its successor
 * @param gtids the transactions
 */
public record LostTransactions(String from, String to, GtidSet gtids) {

	/**
	 * How many there are.
	 * @return the number
	 */
	public long count() {
		return this.gtids.size();
	}

}
