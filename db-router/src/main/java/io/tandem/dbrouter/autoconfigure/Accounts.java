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

	static @Nullable Account admin(DbRouterProperties.@Nullable Admin configured) {
		return (configured != null) ? new Account(configured.username(), configured.password()) : null;
	}

	static @Nullable Account replication(DbRouterProperties.@Nullable Admin configured) {
		String username = (configured != null) ? configured.replicationUsername() : null;
		return (configured == null || username == null) ? null
				: new Account(username, configured.replicationPassword());
	}

}
