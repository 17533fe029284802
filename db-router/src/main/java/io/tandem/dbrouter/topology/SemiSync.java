package io.tandem.dbrouter.topology;

/**
 * Semi-synchronous replication as the primary sees it.
 */
public enum SemiSync {

	/** A commit waits until a replica has it. */
	ACTIVE("active"),

	/** It is on, but no replica is connected: the next commit waits for the timeout. */
	NO_REPLICA("no replica connected"),

	/** The timeout expired: commits no longer wait for a replica. */
	FALLEN_BACK("fallen back to asynchronous"),

	/** The primary does not use it. */
	OFF("off"),

	/** There is no primary to ask. */
	UNKNOWN("unknown");

	private final String text;

	SemiSync(String text) {
		this.text = text;
	}

	@Override
	public String toString() {
		return this.text;
	}

}
