package io.tandem.cluster.mysql;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Consumer;

import io.tandem.cluster.process.NodeException;
import io.tandem.cluster.process.NodeProcess;

/**
 * Turns the roles of a pair. From the moment on in which the new primary is recorded, a
 * command that dies half-way is finished by the next start; before, it is taken back.
 */
final class PairPromotion {

	private static final Duration APPLIED_WITHIN = Duration.ofSeconds(60);

	private static final Duration CAUGHT_UP_WITHIN = Duration.ofSeconds(5);

	private static final Duration CONNECTED_WITHIN = Duration.ofMillis(500);

	private final MySqlPair pair;

	private final Consumer<String> progress;

	PairPromotion(MySqlPair pair, Consumer<String> progress) {
		this.pair = pair;
		this.progress = progress;
	}

	void planned(MySqlNode next) {
		MySqlNode old = this.pair.primary();
		requirePlannable(old, next);
		this.progress.accept("turning the roles of " + old.name() + " and " + next.name());
		// Opened now: clients wait during the hold.
		try (Session before = old.session(); Session after = next.session()) {
			WriteHold.during(old, () -> handOver(old, before, next, after));
		}
		catch (SQLException ex) {
			throw failed(next, ex);
		}
	}

	private void requirePlannable(MySqlNode old, MySqlNode next) {
		requireOther(old, next);
		if (!old.answers()) {
			throw new NodeException(next.name(),
					"a switchover in order needs the present primary, but " + old.name()
							+ (old.isRunning() ? " does not answer" : " is not running") + ". Either ./tandem start "
							+ old.name() + ", or give it up: ./tandem promote " + next.name() + " --force",
					null, null);
		}
		MySqlState state = Replication.state(next);
		if (state.role() != MySqlState.Role.REPLICA || !state.isHealthy()) {
			throw new NodeException(next.name(),
					"cannot take over, for it is no working replica"
							+ state.problem().map((problem) -> ": " + problem).orElse("") + ". First: ./tandem start "
							+ next.name(),
					null, null);
		}
	}

	private static void requireOther(MySqlNode old, MySqlNode next) {
		if (next.equals(old)) {
			throw new NodeException(next.name(),
					"is the recorded primary already. If it is not well: ./tandem start " + next.name(), null, null);
		}
	}

	private void handOver(MySqlNode old, Session before, MySqlNode next, Session after) throws SQLException {
		boolean recorded = false;
		try {
			// It waits for commits, and must not wait longer than writers do.
			before.execute("SET SESSION lock_wait_timeout = 2", "SET GLOBAL super_read_only = ON");
			awaitExecuted(after, before.executed(), old, next);
			after.execute("STOP REPLICA");
			// Now, so that the first commit finds its semi-synchronous replica.
			this.pair.turn(before, next, after);
			awaitConnected(before);
			this.pair.recordPrimary(next);
			recorded = true;
			Replication.makePrimary(after);
		}
		catch (SQLException | RuntimeException ex) {
			if (recorded) {
				throw new NodeException(next.name(), "is recorded as the primary, but: " + ex.getMessage()
						+ ". To finish: ./tandem start " + next.name(), next.log(), ex);
			}
			this.pair.restoreRole(next);
			this.pair.restoreRole(old);
			throw ex;
		}
	}

	private static void awaitExecuted(Session session, String transactions, MySqlNode old, MySqlNode next)
			throws SQLException {
		if (!session.awaitExecuted(transactions, CAUGHT_UP_WITHIN)) {
			throw new NodeException(next.name(), "did not catch up with " + old.name() + " within "
					+ CAUGHT_UP_WITHIN.toSeconds() + " s. Nothing was changed; look at ./tandem status and try again",
					null, null);
		}
	}

	private static void awaitConnected(Session replica) throws SQLException {
		long deadline = System.nanoTime() + CONNECTED_WITHIN.toNanos();
		while (System.nanoTime() < deadline && !"ON"
			.equals(replica.value("SELECT service_state FROM performance_schema.replication_connection_status"))) {
			NodeProcess.pause(Duration.ofMillis(10));
		}
	}

	void forced(MySqlNode next, boolean acceptLoss) {
		MySqlNode old = this.pair.primary();
		requireOther(old, next);
		if (old.answers()) {
			throw new NodeException(next.name(),
					"is not promoted by force, for " + old.name() + " answers: ./tandem promote " + next.name()
							+ " loses nothing. If that fails: ./tandem kill " + old.name() + ", then this again",
					null, null);
		}
		if (!next.answers()) {
			throw new NodeException(next.name(), (next.isRunning() ? "does not answer" : "is not running")
					+ ". First: ./tandem start " + next.name(), null, null);
		}
		fence(old);
		try (Session session = next.session(APPLIED_WITHIN.plusSeconds(5))) {
			applyWhatWasReceived(session, next, acceptLoss);
			judge(old, next, session, acceptLoss);
			session.execute("STOP REPLICA", "RESET REPLICA ALL");
			// It is alone: its first commit would wait a second for a replica.
			session.execute("SET GLOBAL rpl_semi_sync_source_wait_no_replica = OFF");
			this.pair.recordPrimary(next);
			Replication.makePrimary(next);
		}
		catch (SQLException ex) {
			throw failed(next, ex);
		}
	}

	/** A hanging primary that goes on later would be a second one. */
	private void fence(MySqlNode old) {
		if (old.isRunning()) {
			this.progress.accept("killing " + old.name() + ", which hangs, so that it cannot come back as a primary");
		}
		old.kill();
	}

	private void applyWhatWasReceived(Session session, MySqlNode next, boolean acceptLoss) throws SQLException {
		session.execute("STOP REPLICA IO_THREAD");
		String received = session.received("");
		String waiting = session.missing(received);
		if (waiting.isEmpty()) {
			return;
		}
		session.execute("START REPLICA SQL_THREAD");
		if (!session.awaitExecuted(received, APPLIED_WITHIN) && !acceptLoss) {
			waiting = session.missing(received);
			throw new NodeException(next.name(),
					"has received " + Gtids.counted(waiting) + " that it could not apply within "
							+ APPLIED_WITHIN.toSeconds() + " s (" + waiting + "). ./tandem logs " + next.name()
							+ " may say why; to lose them: ./tandem promote " + next.name() + " --force --accept-loss",
					next.log(), null);
		}
	}

	/** Says what would be lost, and refuses unless told to accept it. */
	private void judge(MySqlNode old, MySqlNode next, Session session, boolean acceptLoss) throws SQLException {
		String known = session.missing(new CommittedRecord(this.pair.layout().committed()).read());
		boolean waited = SemiSyncLog.wasActiveInTheEnd(old.log());
		String lost;
		try {
			String onDisk = session.missing(new BinaryLog(this.pair.layout().data(old.name())).transactions());
			if (waited && known.isEmpty()) {
				if (!onDisk.isEmpty()) {
					this.progress.accept(Gtids.counted(onDisk) + " that " + old.name()
							+ " acknowledged to nobody stay behind there (" + onDisk + ")");
				}
				return;
			}
			lost = onDisk.isEmpty() ? known : onDisk;
			if (lost.isEmpty()) {
				return;
			}
		}
		catch (IOException ex) {
			if (waited && known.isEmpty()) {
				return;
			}
			lost = known;
		}
		report(old, next, lost, acceptLoss);
	}

	private void report(MySqlNode old, MySqlNode next, String lost, boolean acceptLoss) {
		String what = lost.isEmpty()
				? "nobody knows how many of " + old.name() + "'s transactions it lacks: the data of " + old.name()
						+ " cannot be read, and replication was not semi-synchronous in the end"
				: "lacks " + Gtids.counted(lost) + " of " + old.name()
						+ ", which clients may have been told are saved (" + lost + ")";
		if (!acceptLoss) {
			throw new NodeException(next.name(), what + ". Nothing is lost with: ./tandem start " + old.name()
					+ ". If that is impossible, lose them: ./tandem promote " + next.name() + " --force --accept-loss",
					null, null);
		}
		this.progress.accept("accepting a loss: " + next.name() + " " + what);
	}

	private static NodeException failed(MySqlNode next, SQLException ex) {
		return new NodeException(next.name(), "could not be made the primary: " + ex.getMessage(), next.log(), ex);
	}

}
