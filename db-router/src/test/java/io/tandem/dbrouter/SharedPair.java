package io.tandem.dbrouter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

import io.tandem.cluster.mysql.MySqlInstallation;
import io.tandem.cluster.mysql.MySqlPair;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

import org.springframework.util.FileSystemUtils;

/**
 * One pair of servers for all classes of tests that leave it as they have found it. Each
 * class gets an empty schema.
 */
final class SharedPair implements ParameterResolver {

	private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(SharedPair.class);

	@Override
	public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
		return parameter.getParameter().getType() == MySqlPair.class;
	}

	@Override
	public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
		MySqlPair pair = context.getRoot()
			.getStore(NAMESPACE)
			.computeIfAbsent(Running.class, (type) -> Running.start(), Running.class)
			.pair();
		empty(pair);
		return pair;
	}

	private static void empty(MySqlPair pair) {
		try (Connection connection = pair.primary().connect(pair.accounts().admin());
				Statement statement = connection.createStatement()) {
			statement.execute("DROP DATABASE tandem");
			statement.execute("CREATE DATABASE tandem");
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
		pair.awaitReplicaCaughtUp(Duration.ofSeconds(10));
	}

	/** Ends with the last test. */
	private record Running(Path directory, MySqlPair pair) implements AutoCloseable {

		static Running start() {
			try {
				Path directory = Files.createTempDirectory("db-router-pair");
				return new Running(directory,
						MySqlPair.start(MySqlInstallation.locate(System.out::println), directory));
			}
			catch (IOException ex) {
				throw new IllegalStateException(ex);
			}
		}

		@Override
		public void close() throws IOException {
			this.pair.close();
			FileSystemUtils.deleteRecursively(this.directory);
		}

	}

}
