package io.tandem.benchmarks.dbrouter.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * ShardingSphere's configuration, which it reads from a file.
 */
final class ShardingSphereFile {

	private ShardingSphereFile() {
	}

	static Path write(Servers servers) {
		try {
			Path file = Files.createTempFile("shardingsphere", ".yaml");
			file.toFile().deleteOnExit();
			return Files.writeString(file, text(servers));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static String text(Servers servers) {
		return """
				databaseName: items
				dataSources:
				  primary:
				%s
				  replica:
				%s
				rules:
				- !READWRITE_SPLITTING
				  dataSourceGroups:
				    items:
				      writeDataSourceName: primary
				      readDataSourceNames: [replica]
				      transactionalReadQueryStrategy: DYNAMIC
				- !SINGLE
				  tables: ["*.*"]
				""".formatted(pool(servers, servers.primaryUrl()), pool(servers, servers.replicaUrl()));
	}

	private static String pool(Servers servers, String url) {
		return """
				dataSourceClassName: com.zaxxer.hikari.HikariDataSource
				driverClassName: com.mysql.cj.jdbc.Driver
				jdbcUrl: "%s"
				username: "%s"
				password: "%s"
				maximumPoolSize: %d
				minimumIdle: %d"""
			.formatted(url, servers.user(), servers.password(), servers.poolSize(), servers.poolSize())
			.indent(4)
			.stripTrailing();
	}

}
