package io.tandem.dbrouter.consistency;

/**
 * What became of a token.
 */
public enum TokenOutcome {

	/** It was made. */
	ISSUED,

	/** It was made too late: the head of the response was on its way. */
	LATE,

	/** It came and counts. */
	ACCEPTED,

	/** It came after its time. */
	EXPIRED,

	/** It is signed with a secret that this instance does not have. */
	FOREIGN,

	/** It names our secret and is not signed with it. */
	FORGED,

	/** It is no token. */
	MALFORMED,

	/** It is longer than any token: not a character was looked at. */
	TOO_LONG

}
