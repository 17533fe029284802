package io.tandem.dbrouter.topology;

import java.sql.Connection;
import java.time.Duration;
import java.util.List;

import io.tandem.dbrouter.gtid.GtidSet;

/**
 * Observations as a probe would make them.
 */
final class Seen {

	private Seen() {
	}

	static Observation of(String uuid, boolean writable, SemiSync semiSync, Channel... channels) {
		return of(uuid, writable, "", 0, semiSync, channels);
	}

	static Observation of(String uuid, boolean writable, String executed, long at, SemiSync semiSync,
			Channel... channels) {
		return new Observation(
				new Server(uuid, "9.7.4", writable, false, Connection.TRANSACTION_REPEATABLE_READ, at / 1000, at),
				new Transactions(GtidSet.parse(executed), true, true), null, List.of(channels), semiSync,
				Handover.NONE);
	}

	static Channel channel(String name, String receiver, boolean applierRunning, String sourceUuid, String lastError) {
		return new Channel(name, receiver, applierRunning, sourceUuid, lastError, true, 0, Duration.ZERO);
	}

	static Channel waiting(String sourceUuid, long pendingSince) {
		return new Channel("", "ON", true, sourceUuid, "", false, pendingSince, Duration.ZERO);
	}

	static Channel delayed(String sourceUuid, Duration delay) {
		return new Channel("", "ON", true, sourceUuid, "", true, 0, delay);
	}

}
