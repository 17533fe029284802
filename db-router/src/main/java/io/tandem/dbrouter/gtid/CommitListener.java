package io.tandem.dbrouter.gtid;

/**
 * Hears which transactions this application commits.
 */
@FunctionalInterface
public interface CommitListener {

	/**
	 * Called on the thread that committed, before its call of the driver returns.
	 * @param transactions what it committed
	 */
	void committed(GtidSet transactions);

}
