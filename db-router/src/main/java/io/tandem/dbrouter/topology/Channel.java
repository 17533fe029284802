package io.tandem.dbrouter.topology;

/**
 * A replication channel of a node.
 *
 * @param name its name, empty for the default channel
 * @param receiver {@code ON}, {@code CONNECTING} or {@code OFF}
 * @param applierRunning whether the received changes are being applied
 * @param sourceUuid the server UUID of its source, empty before it was connected once
 * @param lastError the last error of receiver or applier, empty if there is none
 */
record Channel(String name, String receiver, boolean applierRunning, String sourceUuid, String lastError) {

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
