package io.tandem.dbrouter.flyway;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import io.tandem.dbrouter.topology.SqlErrors;
import io.tandem.dbrouter.topology.Topology;
import io.tandem.dbrouter.topology.TopologyMonitor;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;

/**
 * Migrates before the application serves if there is a primary. If there is none, the
 * application starts without, and the migration runs as soon as a primary appears. A
 * migration that is itself wrong fails the start, or, deferred, is logged and not tried
 * again.
 */
public final class DeferrableMigration implements FlywayMigrationStrategy, AutoCloseable {

	private static final Log logger = LogFactory.getLog(DeferrableMigration.class);

	private static final Duration PAUSE = Duration.ofSeconds(1);

	private final TopologyMonitor monitor;

	private final Semaphore topologyChanged = new Semaphore(0);

	private volatile @Nullable Thread waiting;

	/**
	 * Creates the strategy.
	 * @param monitor knows whether there is a primary
	 */
	public DeferrableMigration(TopologyMonitor monitor) {
		this.monitor = monitor;
	}

	@Override
	public void migrate(Flyway flyway) {
		if (this.monitor.topology().acceptsWrites()) {
			try {
				flyway.migrate();
				return;
			}
			catch (RuntimeException ex) {
				if (!isPrimaryLost(ex)) {
					throw ex;
				}
				logger.debug("The primary was lost during the migration", ex);
			}
		}
		logger.warn("The migration waits for a primary; the application starts without it. Nodes: "
				+ this.monitor.topology().describe());
		this.monitor.addListener(this::wakeUp);
		Thread thread = new Thread(() -> migrateWhenPossible(flyway), "db-router-migration");
		thread.setDaemon(true);
		this.waiting = thread;
		thread.start();
	}

	private void wakeUp(Topology topology) {
		if (topology.acceptsWrites()) {
			this.topologyChanged.release();
		}
	}

	private void migrateWhenPossible(Flyway flyway) {
		try {
			while (!isDone(flyway)) {
				this.topologyChanged.tryAcquire(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
				this.topologyChanged.drainPermits();
			}
		}
		catch (InterruptedException ex) {
			logger.debug("The application ends before its migration could run");
		}
		finally {
			this.waiting = null;
		}
	}

	private boolean isDone(Flyway flyway) {
		if (!this.monitor.topology().acceptsWrites()) {
			return false;
		}
		try {
			flyway.migrate();
			logger.info("The deferred migration has run on " + this.monitor.topology().primary());
			return true;
		}
		catch (RuntimeException ex) {
			if (isPrimaryLost(ex)) {
				logger.debug("The primary was lost during the deferred migration", ex);
				return false;
			}
			logger.error("The deferred migration failed and is not tried again: repair it and restart", ex);
			return true;
		}
	}

	/**
	 * Whether a migration waits for a primary.
	 * @return {@code true} until it has run or failed
	 */
	public boolean isPending() {
		return this.waiting != null;
	}

	private static boolean isPrimaryLost(Throwable ex) {
		for (Throwable cause = ex; cause != null; cause = cause.getCause()) {
			if (cause instanceof SQLException failure
					&& (SqlErrors.isConnectionFailure(failure) || SqlErrors.isReadOnlyServer(failure))) {
				return true;
			}
		}
		return false;
	}

	@Override
	public void close() {
		Thread thread = this.waiting;
		if (thread != null) {
			thread.interrupt();
		}
	}

}
