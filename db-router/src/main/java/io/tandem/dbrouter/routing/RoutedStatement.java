package io.tandem.dbrouter.routing;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.sql.SQLException;
import java.sql.Statement;

import org.jspecify.annotations.Nullable;

/**
 * A statement that checks what it sends and draws the conclusions from errors.
 */
final class RoutedStatement implements InvocationHandler {

	private final RoutedConnection connection;

	private final RoutedUse use;

	private final @Nullable String sql;

	private final Statement target;

	private RoutedStatement(RoutedConnection connection, RoutedUse use, @Nullable String sql, Statement target) {
		this.connection = connection;
		this.use = use;
		this.sql = sql;
		this.target = target;
	}

	static <S extends Statement> S wrap(Class<S> type, RoutedConnection connection, RoutedUse use, @Nullable String sql,
			S target) {
		return Reflection.proxy(type, new RoutedStatement(connection, use, sql, target));
	}

	@Override
	public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws SQLException {
		return switch (method.getName()) {
			case "equals" -> arguments != null && RoutedConnection.isSame(proxy, arguments[0]);
			case "hashCode" -> System.identityHashCode(proxy);
			case "getConnection" -> this.connection.self();
			default -> send(method, arguments);
		};
	}

	private @Nullable Object send(Method method, Object @Nullable [] arguments) throws SQLException {
		boolean executes = method.getName().startsWith("execute");
		if (executes || method.getName().equals("addBatch")) {
			check(arguments);
		}
		try {
			if (executes) {
				this.connection.beforeExecution(this.use);
			}
			return Reflection.invoke(this.target, method, arguments);
		}
		catch (SQLException ex) {
			throw this.use.translate(ex);
		}
	}

	private void check(Object @Nullable [] arguments) throws SQLException {
		if (arguments != null && arguments[0] instanceof String text) {
			WriteGuard.check(text);
		}
		else if (this.sql != null) {
			WriteGuard.check(this.sql);
		}
	}

}
