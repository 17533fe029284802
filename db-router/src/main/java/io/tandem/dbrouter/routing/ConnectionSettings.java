package io.tandem.dbrouter.routing;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;

import org.jspecify.annotations.Nullable;

/**
 * What was set on a logical connection: remembered until there is a physical one to set
 * it on. The read-only flag is never sent, for the transaction says it better.
 */
final class ConnectionSettings {

	private boolean autoCommit = true;

	private boolean readOnly;

	private @Nullable Integer isolation;

	private @Nullable String catalog;

	private int holdability = ResultSet.HOLD_CURSORS_OVER_COMMIT;

	boolean autoCommit() {
		return this.autoCommit;
	}

	void autoCommit(boolean value) {
		this.autoCommit = value;
	}

	boolean readOnly() {
		return this.readOnly;
	}

	void readOnly(boolean value) {
		this.readOnly = value;
	}

	@Nullable Integer isolation() {
		return this.isolation;
	}

	void isolation(int value) {
		this.isolation = value;
	}

	@Nullable String catalog() {
		return this.catalog;
	}

	void catalog(String value) {
		this.catalog = value;
	}

	int holdability() {
		return this.holdability;
	}

	void holdability(int value) {
		this.holdability = value;
	}

	/** Sends what differs from what a fresh connection has. */
	void applyTo(RoutedUse fresh) throws SQLException {
		if (this.isolation != null) {
			applyIsolation(fresh.connection(), this.isolation);
		}
		if (this.catalog != null && !this.catalog.equals(fresh.connection().getCatalog())) {
			fresh.connection().setCatalog(this.catalog);
		}
		fresh.setAutoCommit(this.autoCommit);
	}

	static void applyIsolation(Connection connection, int level) throws SQLException {
		if (connection.getTransactionIsolation() != level) {
			connection.setTransactionIsolation(level);
		}
	}

}
