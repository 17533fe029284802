package io.tandem.dbrouter.autoconfigure;

import io.tandem.dbrouter.topology.Account;
import org.jspecify.annotations.Nullable;

/**
 * Chooses accounts.
 */
final class Accounts {

	private Accounts() {
	}

	static Account or(DbRouterProperties.@Nullable OtherAccount configured, Account fallback) {
		return (configured != null) ? new Account(configured.username(), configured.password()) : fallback;
	}

}
