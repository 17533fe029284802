package io.tandem.dbrouter.routing;

import java.sql.Connection;
import java.sql.SQLException;

import io.tandem.dbrouter.topology.Node;

/**
 * What one read must see. Replicas that are known to have it are asked first; without
 * one, a replica is asked to wait for it; then {@link #otherwise()} says what to do. The
 * primary has everything. Made for one read on one thread.
 */
public interface Requirement {

	/** Any replica will do. */
	Requirement NONE = new Requirement() {

		@Override
		public boolean isMetBy(Node replica) {
			return true;
		}

		@Override
		public boolean await(Node replica, Connection connection) {
			return true;
		}

		@Override
		public Otherwise otherwise() {
			return Otherwise.PRIMARY;
		}

		@Override
		public String toString() {
			return "nothing in particular";
		}

	};

	/**
	 * Whether a replica is known to have what is required. Asks no database.
	 * @param replica the replica
	 * @return {@code false} also if it is not known
	 */
	boolean isMetBy(Node replica);

	/**
	 * Whether a replica that is not known to have it may be asked to wait. Asks no
	 * database.
	 * @param replica the replica
	 * @return {@code false} if a wait is not wanted or would be in vain
	 */
	default boolean mayWaitFor(Node replica) {
		return true;
	}

	/**
	 * Waits, for a bounded time, until a replica has what is required. Called at most
	 * once and only if no replica is known to have it.
	 * @param replica the replica
	 * @param connection a connection to it, on which nothing was sent yet and which the
	 * read will use if this succeeds; auto-commit is off
	 * @return whether the replica has it now
	 * @throws SQLException if the node cannot be asked: another one is tried
	 */
	boolean await(Node replica, Connection connection) throws SQLException;

	/**
	 * What to do when no replica has it in time.
	 * @return what to do
	 */
	Otherwise otherwise();

	/**
	 * Called once the read has its connection, or failed to get one.
	 * @param outcome how the requirement was met
	 */
	default void settled(CausalOutcome outcome) {
	}

	/**
	 * Called once the read has its connection, before its first statement.
	 * @param node the node it reads from
	 * @param connection the connection, the read's until its transaction has ended
	 */
	default void begun(Node node, Connection connection) {
	}

	/**
	 * What to do when no replica has what is required.
	 */
	enum Otherwise {

		/** Read from the primary, or fail if there is none. */
		PRIMARY,

		/** Read from the primary, or from a replica as it is if there is none. */
		PRIMARY_OR_STALE,

		/** Read from a replica as it is; the primary only if there is no replica. */
		STALE,

		/** Fail. */
		FAIL,

		/** Do not try a replica at all: only the primary will do. */
		PRIMARY_ONLY

	}

}
