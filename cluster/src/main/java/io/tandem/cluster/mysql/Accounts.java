package io.tandem.cluster.mysql;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Properties;

import io.tandem.cluster.process.PrivateFiles;

/**
 * The accounts that every node has, each with no more rights than its work needs.
 *
 * @param admin the cluster's own: everything
 * @param owner owns the schema {@code tandem} and nothing else; Flyway's
 * @param application reads and writes rows of the schema {@code tandem}
 * @param monitor reads the server's state, no rows
 * @param replication lets other nodes follow, be a member with this one, or copy it, over
 * TLS only
 */
public record Accounts(Account admin, Account owner, Account application, Account monitor, Account replication) {

	/** The schema that the application's tables live in. */
	static final String SCHEMA = "tandem";

	private static final SecureRandom RANDOM = new SecureRandom();

	/**
	 * Reads the accounts from a file; writes the file with new passwords if it is
	 * missing.
	 * @param file mode 0600
	 * @return the accounts
	 * @throws IOException if the file cannot be read or written
	 */
	static Accounts in(Path file) throws IOException {
		if (!Files.exists(file)) {
			Properties passwords = new Properties();
			for (String name : List.of("admin", "owner", "application", "monitor", "replication")) {
				passwords.setProperty(name, newPassword());
			}
			StringWriter text = new StringWriter();
			passwords.store(text, "Passwords of this cluster's MySQL accounts");
			PrivateFiles.write(file, text.toString());
		}
		Properties passwords = new Properties();
		try (Reader reader = Files.newBufferedReader(file)) {
			passwords.load(reader);
		}
		return new Accounts(account("admin", passwords), account("owner", passwords), account("application", passwords),
				account("monitor", passwords), account("replication", passwords));
	}

	private static Account account(String name, Properties passwords) throws IOException {
		String password = passwords.getProperty(name);
		if (password == null) {
			throw new IOException("The password of the MySQL account '" + name + "' is missing");
		}
		return new Account("tandem_" + name, password);
	}

	private static String newPassword() {
		byte[] bytes = new byte[24];
		RANDOM.nextBytes(bytes);
		return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
	}

	/**
	 * Says in SQL what the accounts are.
	 * @return the statements that create the accounts on a new node, one a line, kept out
	 * of the binary log: every node creates its own, so both start with no history
	 */
	String toSql() {
		return String.join("\n", "SET sql_log_bin=0;",
				// Nobody needs root: the admin account takes its place.
				"ALTER USER 'root'@'localhost' IDENTIFIED BY '" + newPassword() + "' ACCOUNT LOCK;",
				create(this.admin, ""), grant("ALL PRIVILEGES ON *.*", this.admin), create(this.owner, ""),
				grant("ALL PRIVILEGES ON `" + SCHEMA + "`.*", this.owner), create(this.application, ""),
				grant("SELECT, INSERT, UPDATE, DELETE ON `" + SCHEMA + "`.*", this.application),
				create(this.monitor, ""), grant("REPLICATION CLIENT ON *.*", this.monitor),
				grant("SELECT ON performance_schema.*", this.monitor), create(this.replication, " REQUIRE SSL"),
				grant("REPLICATION SLAVE, BACKUP_ADMIN, GROUP_REPLICATION_STREAM ON *.*", this.replication), "");
	}

	private static String create(Account account, String require) {
		return "CREATE USER " + name(account) + " IDENTIFIED BY '" + account.password() + "'" + require + ";";
	}

	private static String grant(String privileges, Account account) {
		return "GRANT " + privileges + " TO " + name(account) + ";";
	}

	private static String name(Account account) {
		return "'" + account.user() + "'@'127.0.0.1'";
	}

}
