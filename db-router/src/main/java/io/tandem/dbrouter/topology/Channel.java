package io.tandem.dbrouter.topology;

import java.time.Duration;

/**
 * A replication channel of a node.
 *
 * @param name its name, empty for the default channel
 * @param receiver {@code ON}, {@code CONNECTING} or {@code OFF}
 * @param applierRunning whether the received changes are being applied
 * @param sourceUuid the server UUID of its source, empty before it was connected once
 * @param lastError the last error of receiver or applier, empty if there is none
 * @param allApplied whether everything that was received has been applied
 * @param pendingSince when the oldest change that is known to wait here was committed on
 * the primary, in microseconds of the primary's clock; 0 if none is known
 * @param delay how long changes are held back on purpose ({@code SOURCE_DELAY})
 */
record Channel(String name, String receiver, boolean applierRunning, String sourceUuid, String lastError,
		boolean allApplied, long pendingSince, Duration delay) {

	boolean isReceiving() {
		return "ON".equals(this.receiver);
	}

	boolean isGroupReplication() {
		return this.name.startsWith("group_replication_");
	}

	/**
	 * Whether the node means to follow another server: only then is it no primary though
	 * it is writable.
	 */
	boolean isFollowing() {
		return !isGroupReplication() && !"OFF".equals(this.receiver);
	}

}
