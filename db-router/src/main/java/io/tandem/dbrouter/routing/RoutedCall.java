package io.tandem.dbrouter.routing;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.sql.CallableStatement;
import java.sql.SQLException;

import org.jspecify.annotations.Nullable;

/**
 * A call of a stored procedure on the node of its unit of work. Calls are rare and cost a
 * round trip each: reflection spares the hundred methods.
 */
final class RoutedCall implements InvocationHandler {

	private final RoutedStatement guard;

	private final CallableStatement target;

	private RoutedCall(RoutedStatement guard, CallableStatement target) {
		this.guard = guard;
		this.target = target;
	}

	static CallableStatement wrap(RoutedConnection connection, RoutedUse use, String sql, CallableStatement target) {
		return Reflection.proxy(CallableStatement.class,
				new RoutedCall(new RoutedStatement(connection, use, sql, target), target));
	}

	@Override
	public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws SQLException {
		boolean ofStatement = method.getDeclaringClass() == java.sql.Statement.class;
		return switch (method.getName()) {
			case "equals" -> arguments != null && Reflection.isSame(proxy, arguments[0]);
			case "hashCode" -> System.identityHashCode(proxy);
			case "toString" -> this.target.toString();
			default -> ofStatement ? Reflection.invoke(this.guard, method, arguments) : call(method, arguments);
		};
	}

	private @Nullable Object call(Method method, Object @Nullable [] arguments) throws SQLException {
		if (method.getName().startsWith("execute")) {
			this.guard.beforePrepared();
		}
		try {
			return Reflection.invoke(this.target, method, arguments);
		}
		catch (SQLException ex) {
			throw this.guard.translate(ex);
		}
	}

}
