package io.tandem.dbrouter.failover;

import java.sql.SQLException;

import io.tandem.dbrouter.topology.Handover;

/**
 * Tells all instances of a switchover by named locks on the primary, which their probes
 * look at. They end with the session.
 *
 * @param primary a session on the primary
 */
record Announcement(AdminSession primary) {

	/** From now on the instances look often. */
	void announce() throws SQLException {
		if (!"1".equals(this.primary.value("SELECT GET_LOCK(?, 0)", Handover.ANNOUNCE_LOCK))) {
			throw new SwitchoverException("Another instance is carrying out a switchover");
		}
	}

	/** From now on the instances let new write transactions wait. */
	void hold() throws SQLException {
		if (!"1".equals(this.primary.value("SELECT GET_LOCK(?, 0)", Handover.HOLD_LOCK))) {
			throw new SwitchoverException("Somebody else holds the lock " + Handover.HOLD_LOCK);
		}
	}

}
