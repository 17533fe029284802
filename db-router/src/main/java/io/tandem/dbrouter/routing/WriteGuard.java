package io.tandem.dbrouter.routing;

import io.tandem.dbrouter.ReadOnlyTransactionException;

/**
 * Refuses a write inside a read-only transaction before it is sent.
 */
final class WriteGuard {

	private WriteGuard() {
	}

	/**
	 * Checks a statement.
	 * @param sql the statement
	 * @throws ReadOnlyTransactionException if it writes and the thread's transaction is
	 * read-only
	 */
	static void check(String sql) throws ReadOnlyTransactionException {
		if (!TransactionView.isReadOnly()) {
			return;
		}
		String verb = SqlWrites.find(sql);
		if (verb != null) {
			throw refused(verb);
		}
	}

	private static ReadOnlyTransactionException refused(String verb) {
		return new ReadOnlyTransactionException(verb + " was not sent: the transaction " + TransactionView.name()
				+ " is read-only. Begin it without readOnly = true, or write in a transaction of its own"
				+ " (REQUIRES_NEW).");
	}

}
