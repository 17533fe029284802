package io.tandem.cluster.cli;

/**
 * Colours of a terminal; each goes with a word, so nothing is lost without them.
 */
enum Paint {

	GOOD(32), BAD(31), LOUD(33);

	private final int code;

	Paint(int code) {
		this.code = code;
	}

	String on(String text) {
		return "\u001b[1;" + this.code + "m" + text + "\u001b[0m";
	}

}
