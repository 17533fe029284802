package io.tandem.benchmarks.dbrouter.peer;

import java.sql.Connection;
import java.util.Map;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The data sources that Spring's own parts make.
 */
final class SpringDataSources {

	private SpringDataSources() {
	}

	/** The bean to register, {@code null} to leave it to auto-configuration. */
	static @Nullable DataSource of(Peer peer, Servers servers) {
		return switch (peer) {
			case LAZY -> lazy(servers);
			case LAZY_TUNED -> lazyTuned(servers);
			case ROUTING -> routing(servers);
			default -> null;
		};
	}

	private static DataSource lazy(Servers servers) {
		LazyConnectionDataSourceProxy lazy = new LazyConnectionDataSourceProxy(pool(servers, servers.primaryUrl()));
		lazy.setReadOnlyDataSource(pool(servers, servers.replicaUrl()));
		return lazy;
	}

	private static DataSource lazyTuned(Servers servers) {
		HikariDataSource primary = pool(servers, servers.primaryUrl());
		primary.setAutoCommit(false);
		HikariDataSource replica = pool(servers, servers.replicaUrl());
		replica.setAutoCommit(false);
		replica.setReadOnly(true);
		LazyConnectionDataSourceProxy lazy = new LazyConnectionDataSourceProxy();
		lazy.setTargetDataSource(primary);
		lazy.setReadOnlyDataSource(replica);
		lazy.setDefaultAutoCommit(false);
		lazy.setDefaultTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
		return lazy;
	}

	private static DataSource routing(Servers servers) {
		AbstractRoutingDataSource routing = new ByReadOnlyTransaction();
		routing.setTargetDataSources(
				Map.of(false, pool(servers, servers.primaryUrl()), true, pool(servers, servers.replicaUrl())));
		routing.afterPropertiesSet();
		return new LazyConnectionDataSourceProxy(routing);
	}

	static HikariDataSource pool(Servers servers, String url) {
		HikariDataSource pool = new HikariDataSource();
		pool.setJdbcUrl(url);
		pool.setUsername(servers.user());
		pool.setPassword(servers.password());
		pool.setMaximumPoolSize(servers.poolSize());
		return pool;
	}

	private static final class ByReadOnlyTransaction extends AbstractRoutingDataSource {

		@Override
		protected Object determineCurrentLookupKey() {
			return TransactionSynchronizationManager.isCurrentTransactionReadOnly();
		}

	}

}
