package io.tandem.dbrouter.routing;

import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * What Spring says about the transaction of this thread.
 */
final class TransactionView {

	private TransactionView() {
	}

	static boolean isActive() {
		return TransactionSynchronizationManager.isActualTransactionActive();
	}

	static boolean isReadOnly() {
		return isActive() && TransactionSynchronizationManager.isCurrentTransactionReadOnly();
	}

	/** Why a unit of work that is no read goes where it goes. */
	static RouteReason writeReason() {
		return isActive() ? RouteReason.READ_WRITE : RouteReason.NO_TRANSACTION;
	}

	static String name() {
		String name = TransactionSynchronizationManager.getCurrentTransactionName();
		return (name != null) ? name : "without a name";
	}

}
