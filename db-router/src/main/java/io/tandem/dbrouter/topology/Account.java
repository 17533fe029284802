package io.tandem.dbrouter.topology;

/**
 * A database account.
 *
 * @param username the user name
 * @param password the password, never printed
 */
public record Account(String username, String password) {

	@Override
	public String toString() {
		return this.username;
	}

}
