package io.tandem.dbrouter.routing;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.lang.reflect.UndeclaredThrowableException;
import java.sql.SQLException;

import org.jspecify.annotations.Nullable;

/**
 * What the JDBC proxies of this package have in common.
 */
final class Reflection {

	private Reflection() {
	}

	static <T> T proxy(Class<T> type, InvocationHandler handler) {
		return type.cast(Proxy.newProxyInstance(Reflection.class.getClassLoader(), new Class<?>[] { type }, handler));
	}

	@SuppressWarnings("ReferenceEquality")
	static boolean isSame(Object one, @Nullable Object other) {
		return one == other;
	}

	static @Nullable Object invoke(Object target, Method method, Object @Nullable [] arguments) throws SQLException {
		try {
			return method.invoke(target, arguments);
		}
		catch (InvocationTargetException ex) {
			Throwable cause = ex.getCause();
			if (cause instanceof SQLException failure) {
				throw failure;
			}
			if (cause instanceof RuntimeException failure) {
				throw failure;
			}
			if (cause instanceof Error failure) {
				throw failure;
			}
			throw new UndeclaredThrowableException(ex);
		}
		catch (IllegalAccessException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
