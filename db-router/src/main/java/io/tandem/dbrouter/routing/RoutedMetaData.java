package io.tandem.dbrouter.routing;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * The metadata of a routed connection. Asking for it decides nothing about the node of
 * the next statement: outside of a unit of work any node that is up answers. Facts
 * without arguments, such as the product's name, are asked for once.
 */
final class RoutedMetaData implements InvocationHandler {

	private static final Log logger = LogFactory.getLog(RoutedMetaData.class);

	private final RoutedConnection connection;

	private final Router router;

	private final DatabaseMetaData proxy;

	private @Nullable Connection borrowed;

	RoutedMetaData(RoutedConnection connection, Router router) {
		this.connection = connection;
		this.router = router;
		this.proxy = Reflection.proxy(DatabaseMetaData.class, this);
	}

	DatabaseMetaData proxy() {
		return this.proxy;
	}

	@Override
	public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws SQLException {
		return switch (method.getName()) {
			case "equals" -> arguments != null && Reflection.isSame(proxy, arguments[0]);
			case "hashCode" -> System.identityHashCode(proxy);
			case "toString" -> "RoutedMetaData";
			case "getConnection" -> this.connection;
			default -> answer(method, arguments);
		};
	}

	private @Nullable Object answer(Method method, Object @Nullable [] arguments) throws SQLException {
		Connection current = this.connection.physical();
		if (current != null) {
			return ask(current, method, arguments);
		}
		if (ResultSet.class.isAssignableFrom(method.getReturnType())) {
			return ask(held(), method, arguments);
		}
		return (arguments == null) ? fact(method) : askAny(method, arguments);
	}

	private static @Nullable Object ask(Connection connection, Method method, Object @Nullable [] arguments)
			throws SQLException {
		return Reflection.invoke(connection.getMetaData(), method, arguments);
	}

	/** Such as the product's name: the same for good. */
	private @Nullable Object fact(Method method) throws SQLException {
		Object known = this.router.facts().get(method.getName());
		if (known == null) {
			known = askAny(method, null);
			if (known != null) {
				this.router.facts().put(method.getName(), known);
			}
		}
		return known;
	}

	private @Nullable Object askAny(Method method, Object @Nullable [] arguments) throws SQLException {
		try (Connection any = this.router.connections().takeAny()) {
			return ask(any, method, arguments);
		}
	}

	/** The rows are read later: their connection stays. */
	private Connection held() throws SQLException {
		if (this.borrowed == null) {
			this.borrowed = this.router.connections().takeAny();
		}
		return this.borrowed;
	}

	void close() {
		Connection current = this.borrowed;
		this.borrowed = null;
		if (current != null) {
			try {
				current.close();
			}
			catch (SQLException ex) {
				logger.debug("Could not give back the connection of the metadata", ex);
			}
		}
	}

}
