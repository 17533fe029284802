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
	 * @return whether it calls a stored procedure in a read-only transaction, which the
	 * server has to guard
	 * @throws ReadOnlyTransactionException if it writes and the thread's transaction is
	 * read-only
	 */
	static boolean check(String sql) throws ReadOnlyTransactionException {
		if (!TransactionView.isReadOnly()) {
			return false;
		}
		StatementKind kind = StatementKind.of(sql);
		if (kind.write() != null) {
			throw refused(kind.write());
		}
		return kind.calls();
	}

	private static ReadOnlyTransactionException refused(String verb) {
		return new ReadOnlyTransactionException(verb + " was not sent: the transaction " + TransactionView.name()
				+ " is read-only. Begin it without readOnly = true, or write in a transaction of its own"
				+ " (REQUIRES_NEW).");
	}

}
