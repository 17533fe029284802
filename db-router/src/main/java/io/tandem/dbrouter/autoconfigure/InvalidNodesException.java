package io.tandem.dbrouter.autoconfigure;

/**
 * Thrown when {@code db-router.nodes} cannot be used as configured.
 */
final class InvalidNodesException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String action;

	InvalidNodesException(String problem, String action) {
		super(problem);
		this.action = action;
	}

	String action() {
		return this.action;
	}

}
