package io.tandem.webapp.link.web;

/**
 * Thrown for a parameter or header whose value is not acceptable.
 */
final class InvalidParameterException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String name;

	InvalidParameterException(String name, String detail) {
		super(detail);
		this.name = name;
	}

	String name() {
		return this.name;
	}

}
