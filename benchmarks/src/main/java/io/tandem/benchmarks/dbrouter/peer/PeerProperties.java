package io.tandem.benchmarks.dbrouter.peer;

import java.util.HashMap;
import java.util.Map;

/**
 * The application's properties for each peer.
 */
final class PeerProperties {

	private PeerProperties() {
	}

	static Map<String, String> of(Peer peer, Servers servers) {
		return switch (peer) {
			case BOOT -> pooled(servers, servers.primaryUrl());
			case LAZY, ROUTING -> Map.of();
			// Hibernate need not look at the connection before it begins a transaction.
			case LAZY_TUNED ->
				Map.of("spring.jpa.properties.hibernate.connection.provider_disables_autocommit", "true");
			case REPLICATION -> pooled(servers, servers.url("jdbc:mysql:replication:", servers.both()));
			case MULTI_HOST -> pooled(servers, servers.url("jdbc:mysql:", servers.both(), "failOverReadOnly=false",
					"connectTimeout=1000", "socketTimeout=30000"));
			case SHARDINGSPHERE -> shardingSphere(servers);
			case AWS -> aws(servers);
			case DB_ROUTER -> dbRouter(servers);
			case DB_ROUTER_EVENTUAL -> dbRouterEventual(servers);
		};
	}

	/** The data source of the driver has pools of its own, so there is none around it. */
	private static Map<String, String> shardingSphere(Servers servers) {
		return Map.of("spring.datasource.url", "jdbc:shardingsphere:absolutepath:" + ShardingSphereFile.write(servers),
				"spring.datasource.driver-class-name", "org.apache.shardingsphere.driver.ShardingSphereDriver",
				"spring.datasource.type", "org.springframework.jdbc.datasource.SimpleDriverDataSource");
	}

	private static Map<String, String> aws(Servers servers) {
		Map<String, String> properties = new HashMap<>(
				pooled(servers, servers.url("jdbc:aws-wrapper:mysql:", servers.primary())));
		properties.put("spring.datasource.driver-class-name", "software.amazon.jdbc.Driver");
		String prefix = "spring.datasource.hikari.data-source-properties.";
		properties.put(prefix + "wrapperPlugins", "srw");
		properties.put(prefix + "wrapperDialect", "mysql");
		properties.put(prefix + "srwWriteEndpoint", servers.primary());
		properties.put(prefix + "srwReadEndpoint", servers.replica());
		// Its documentation: to be off where the server is not Aurora.
		properties.put(prefix + "verifyNewSrwConnections", "false");
		return properties;
	}

	private static Map<String, String> dbRouter(Servers servers) {
		String pool = Integer.toString(servers.poolSize());
		return Map.of("db-router.username", servers.user(), "db-router.password", servers.password(),
				"db-router.monitor.username", servers.monitorUser(), "db-router.monitor.password",
				servers.monitorPassword(), "db-router.nodes.mysql-1.url", servers.primaryUrl(),
				"db-router.nodes.mysql-2.url", servers.replicaUrl(), "db-router.pool.maximum-size", pool,
				"db-router.pool.minimum-idle", pool);
	}

	private static Map<String, String> dbRouterEventual(Servers servers) {
		Map<String, String> properties = new HashMap<>(dbRouter(servers));
		properties.put("db-router.consistency.level", "eventual");
		return properties;
	}

	private static Map<String, String> pooled(Servers servers, String url) {
		return Map.of("spring.datasource.url", url, "spring.datasource.username", servers.user(),
				"spring.datasource.password", servers.password(), "spring.datasource.hikari.maximum-pool-size",
				Integer.toString(servers.poolSize()));
	}

}
