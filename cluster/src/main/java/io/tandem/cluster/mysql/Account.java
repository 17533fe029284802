package io.tandem.cluster.mysql;

/**
 * A MySQL account on 127.0.0.1.
 *
 * @param user the user's name
 * @param password the password, never printed by {@link #toString()}
 */
public record Account(String user, String password) {

	@Override
	public String toString() {
		return "Account[user=" + this.user + "]";
	}

}
