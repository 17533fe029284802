package io.tandem.dbrouter.routing;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.Objects;
import java.util.concurrent.Executor;

import org.jspecify.annotations.Nullable;

/**
 * A connection that is none until the first statement. The physical connection it then
 * takes serves one unit of work: inside a Spring transaction until commit or rollback,
 * although this connection may live on and serve the next transaction on another node;
 * otherwise until this connection is closed, because plain JDBC code reuses its
 * statements across commits.
 * <p>
 * Settings made before the first statement are remembered and answered without a
 * database; the read-only flag is never sent, for the transaction says it better.
 */
final class RoutedConnection implements InvocationHandler {

	private final RoutingDataSource dataSource;

	private final Router router;

	private @Nullable Connection self;

	private @Nullable RoutedUse use;

	private @Nullable RoutedMetaData metaData;

	private boolean closed;

	private boolean autoCommit = true;

	private boolean readOnly;

	private @Nullable Integer isolation;

	private @Nullable String catalog;

	private int holdability = ResultSet.HOLD_CURSORS_OVER_COMMIT;

	private RoutedConnection(RoutingDataSource dataSource, Router router) {
		this.dataSource = dataSource;
		this.router = router;
	}

	static Connection open(RoutingDataSource dataSource, Router router) {
		RoutedConnection handler = new RoutedConnection(dataSource, router);
		Connection connection = Reflection.proxy(Connection.class, handler);
		handler.self = connection;
		return connection;
	}

	@Override
	public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws SQLException {
		return switch (method.getName()) {
			case "equals" -> arguments != null && isSame(proxy, arguments[0]);
			case "hashCode" -> System.identityHashCode(proxy);
			case "toString" -> "RoutedConnection@" + Integer.toHexString(System.identityHashCode(proxy))
					+ ((this.use != null) ? " on " + this.use : " without a node");
			case "isClosed" -> this.closed;
			case "close" -> set(this::close);
			case "abort" -> set(() -> abort((Executor) first(arguments)));
			case "isValid" -> isValid((Integer) first(arguments));
			default -> {
				checkOpen();
				yield invokeOpen(method, arguments);
			}
		};
	}

	@SuppressWarnings("ReferenceEquality")
	static boolean isSame(Object one, @Nullable Object other) {
		return one == other;
	}

	private boolean isValid(int seconds) throws SQLException {
		return !this.closed && (this.use == null || this.use.connection().isValid(seconds));
	}

	private @Nullable Object invokeOpen(Method method, Object @Nullable [] arguments) throws SQLException {
		return switch (method.getName()) {
			case "getAutoCommit" -> this.autoCommit;
			case "setAutoCommit" -> set(() -> setAutoCommit((Boolean) first(arguments)));
			case "isReadOnly" -> this.readOnly;
			case "setReadOnly" -> set(() -> this.readOnly = (Boolean) first(arguments));
			case "getTransactionIsolation" -> transactionIsolation();
			case "setTransactionIsolation" -> set(() -> setTransactionIsolation((Integer) first(arguments)));
			case "getCatalog" -> (this.catalog != null) ? this.catalog : this.dataSource.defaultDatabase();
			case "setCatalog" -> set(() -> setCatalog((String) first(arguments)));
			case "getSchema" -> null;
			case "setSchema", "beginRequest", "endRequest" -> null;
			case "getHoldability" -> this.holdability;
			case "setHoldability" -> set(() -> this.holdability = (Integer) first(arguments));
			case "getWarnings" -> (this.use != null) ? this.use.connection().getWarnings() : null;
			case "clearWarnings" -> set(() -> {
				if (this.use != null) {
					this.use.connection().clearWarnings();
				}
			});
			case "commit" -> set(this::commit);
			case "rollback" -> (arguments == null) ? set(this::rollback)
					: set(() -> current().connection().rollback((Savepoint) arguments[0]));
			case "getMetaData" -> metaData();
			case "createStatement" -> statement(Statement.class, null, method, arguments);
			case "prepareStatement" -> statement(PreparedStatement.class, (String) first(arguments), method, arguments);
			case "prepareCall" -> statement(CallableStatement.class, (String) first(arguments), method, arguments);
			case "isWrapperFor" -> isWrapperFor((Class<?>) first(arguments));
			case "unwrap" -> unwrap((Class<?>) first(arguments), method, arguments);
			default -> onNode(current(), method, arguments);
		};
	}

	private static Object first(Object @Nullable [] arguments) {
		if (arguments == null) {
			throw new IllegalArgumentException("An argument is missing");
		}
		return arguments[0];
	}

	private static @Nullable Object set(Change change) throws SQLException {
		change.make();
		return null;
	}

	private void checkOpen() throws SQLException {
		if (this.closed) {
			throw new SQLNonTransientConnectionException("The connection is closed", "08003");
		}
	}

	private void setAutoCommit(boolean autoCommit) throws SQLException {
		RoutedUse current = this.use;
		if (autoCommit && !this.autoCommit && current != null) {
			// JDBC: turning it on in a transaction commits.
			if (current.isInSpringTransaction()) {
				commit();
			}
			else {
				current.setAutoCommit(true);
			}
		}
		// Turning it off is sent with the next statement: by then it is known whether a
		// Spring transaction has begun, which takes a node of its own.
		this.autoCommit = autoCommit;
	}

	private int transactionIsolation() throws SQLException {
		return (this.isolation != null) ? this.isolation : this.router.topology().transactionIsolation();
	}

	private void setTransactionIsolation(int level) throws SQLException {
		this.isolation = level;
		if (this.use != null) {
			applyIsolation(this.use, level);
		}
	}

	private static void applyIsolation(RoutedUse use, int level) throws SQLException {
		if (use.connection().getTransactionIsolation() != level) {
			use.connection().setTransactionIsolation(level);
		}
	}

	private void setCatalog(String catalog) throws SQLException {
		this.catalog = catalog;
		if (this.use != null) {
			this.use.connection().setCatalog(catalog);
		}
	}

	/**
	 * The use this thread's work belongs to, begun now if there is none.
	 */
	private RoutedUse current() throws SQLException {
		RoutedUse current = this.use;
		if (current != null && belongsToFormerWork(current)) {
			release();
			current = null;
		}
		if (current == null) {
			current = this.router.acquire(this::prepare);
			this.use = current;
		}
		else {
			current.setAutoCommit(this.autoCommit);
		}
		return current;
	}

	private void prepare(RoutedUse fresh) throws SQLException {
		if (this.isolation != null) {
			applyIsolation(fresh, this.isolation);
		}
		if (this.catalog != null && !this.catalog.equals(fresh.connection().getCatalog())) {
			fresh.connection().setCatalog(this.catalog);
		}
		fresh.setAutoCommit(this.autoCommit);
	}

	/**
	 * Open-in-view: a lazy load outside of a transaction left its connection here, and
	 * now a transaction begins.
	 */
	private boolean belongsToFormerWork(RoutedUse current) {
		return !current.isInSpringTransaction() && current.isAutoCommit() && !this.autoCommit
				&& TransactionView.isActive();
	}

	void beforeExecution(RoutedUse executing) throws SQLException {
		if (executing == this.use) {
			executing.setAutoCommit(this.autoCommit);
		}
	}

	private void commit() throws SQLException {
		RoutedUse current = this.use;
		if (current != null) {
			try {
				current.commit();
			}
			finally {
				endOfTransaction(current);
			}
		}
	}

	private void rollback() throws SQLException {
		RoutedUse current = this.use;
		if (current != null) {
			try {
				current.rollback();
			}
			finally {
				endOfTransaction(current);
			}
		}
	}

	private void endOfTransaction(RoutedUse current) {
		if (current.isInSpringTransaction()) {
			release();
		}
	}

	private void release() {
		RoutedUse current = this.use;
		this.use = null;
		if (current != null) {
			current.release();
		}
	}

	private void close() {
		this.closed = true;
		release();
		if (this.metaData != null) {
			this.metaData.close();
		}
	}

	private void abort(Executor executor) throws SQLException {
		RoutedUse current = this.use;
		if (current != null) {
			current.connection().abort(executor);
		}
		close();
	}

	private <S extends Statement> S statement(Class<S> type, @Nullable String sql, Method method,
			Object @Nullable [] arguments) throws SQLException {
		if (sql != null) {
			WriteGuard.check(sql);
		}
		RoutedUse current = current();
		Object target = onNode(current, method, arguments);
		return RoutedStatement.wrap(type, this, current, sql, type.cast(Objects.requireNonNull(target)));
	}

	private static @Nullable Object onNode(RoutedUse use, Method method, Object @Nullable [] arguments)
			throws SQLException {
		try {
			return Reflection.invoke(use.connection(), method, arguments);
		}
		catch (SQLException ex) {
			throw use.translate(ex);
		}
	}

	private DatabaseMetaData metaData() {
		if (this.metaData == null) {
			this.metaData = new RoutedMetaData(this, this.router);
		}
		return this.metaData.proxy();
	}

	/** The connection of the present unit of work, {@code null} between two. */
	@Nullable Connection physical() {
		return (this.use != null) ? this.use.connection() : null;
	}

	Connection self() {
		if (this.self == null) {
			throw new IllegalStateException("Not open yet");
		}
		return this.self;
	}

	private boolean isWrapperFor(Class<?> type) throws SQLException {
		return type.isInstance(self()) || type.isAssignableFrom(com.mysql.cj.jdbc.ConnectionImpl.class)
				|| (this.use != null && this.use.connection().isWrapperFor(type));
	}

	private @Nullable Object unwrap(Class<?> type, Method method, Object @Nullable [] arguments) throws SQLException {
		return type.isInstance(self()) ? self() : onNode(current(), method, arguments);
	}

	@FunctionalInterface
	private interface Change {

		void make() throws SQLException;

	}

}
