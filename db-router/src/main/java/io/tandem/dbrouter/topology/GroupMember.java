package io.tandem.dbrouter.topology;

/**
 * A node's place in its replication group, as it sees it.
 *
 * @param state its own state, such as {@code ONLINE}
 * @param unreachable how many members it cannot reach
 * @param members how many members it knows of
 */
record GroupMember(String state, int unreachable, int members) {

	boolean isOnline() {
		return "ONLINE".equals(this.state);
	}

	/** Whether it can reach a majority: without, its commits wait for ever. */
	boolean hasMajority() {
		return this.unreachable * 2 < this.members;
	}

	boolean works() {
		return isOnline() && hasMajority();
	}

}
