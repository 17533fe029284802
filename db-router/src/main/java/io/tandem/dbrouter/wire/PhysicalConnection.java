package io.tandem.dbrouter.wire;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.LongSupplier;

import io.tandem.dbrouter.jdbc.ForwardingConnection;
import org.jspecify.annotations.Nullable;

/**
 * The driver's connection as a pool gets it: sets auto-commit and, when told to, ends a
 * transaction without waiting for the answer, and is not pinged without a cause.
 */
public final class PhysicalConnection extends ForwardingConnection {

	/** Firewalls and proxies forget a connection after minutes. */
	private static final long SURELY_OPEN = Duration.ofSeconds(30).toNanos();

	private final Connection driver;

	private final LongSupplier doubtedAt;

	private final @Nullable Pipeline pipeline;

	private boolean nextEndUnawaited;

	private long usedAt = System.nanoTime();

	/**
	 * Wraps a fresh connection.
	 * @param driver the driver's connection
	 * @param pipelined whether commands are sent without waiting for an answer that tells
	 * nothing
	 * @param doubtedAt when something last failed on the node, in
	 * {@link System#nanoTime()}
	 */
	public PhysicalConnection(Connection driver, boolean pipelined, LongSupplier doubtedAt) {
		this.driver = driver;
		this.doubtedAt = doubtedAt;
		this.pipeline = pipelined ? Pipeline.on(driver) : null;
	}

	/**
	 * Lets the next commit or rollback return without an answer: for a transaction that
	 * only read. The server does it before anything else that is sent on this connection.
	 * Should it refuse, the connection counts as lost.
	 */
	public void doNotAwaitNextEnd() {
		this.nextEndUnawaited = true;
	}

	@Override
	protected Connection delegate() {
		return this.driver;
	}

	private @Nullable Pipeline pipelineNow() {
		boolean wanted = this.nextEndUnawaited;
		this.nextEndUnawaited = false;
		Pipeline current = this.pipeline;
		return (wanted && current != null && current.canEnd()) ? current : null;
	}

	@Override
	public void commit() throws SQLException {
		Pipeline now = pipelineNow();
		if (now != null) {
			now.commit();
		}
		else {
			this.driver.commit();
		}
		this.usedAt = System.nanoTime();
	}

	@Override
	public void rollback() throws SQLException {
		Pipeline now = pipelineNow();
		if (now != null) {
			now.rollback();
		}
		else {
			this.driver.rollback();
		}
		this.usedAt = System.nanoTime();
	}

	@Override
	public void setAutoCommit(boolean on) throws SQLException {
		Pipeline current = this.pipeline;
		if (current == null || !current.canSetAutoCommit()) {
			this.driver.setAutoCommit(on);
		}
		else if (this.driver.getAutoCommit() != on) {
			current.setAutoCommit(on);
		}
	}

	/**
	 * Whether something has failed on the node since the connection was last seen to
	 * work.
	 * @return {@code true} if it should be checked before it is used
	 */
	public boolean isDoubtful() {
		return this.usedAt - this.doubtedAt.getAsLong() <= 0;
	}

	/** The pool asks when the connection was idle for half a second. */
	@Override
	public boolean isValid(int seconds) throws SQLException {
		long now = System.nanoTime();
		if (now - this.usedAt < SURELY_OPEN && !isDoubtful()) {
			return !this.driver.isClosed();
		}
		boolean valid = this.driver.isValid(seconds);
		this.usedAt = now;
		return valid;
	}

	@Override
	public boolean isWrapperFor(Class<?> type) throws SQLException {
		return type.isInstance(this) || this.driver.isWrapperFor(type);
	}

	@Override
	public <T> T unwrap(Class<T> type) throws SQLException {
		return type.isInstance(this) ? type.cast(this) : this.driver.unwrap(type);
	}

	@Override
	public String toString() {
		return this.driver.toString();
	}

}
