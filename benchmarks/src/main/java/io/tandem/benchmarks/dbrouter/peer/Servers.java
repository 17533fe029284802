package io.tandem.benchmarks.dbrouter.peer;

import java.util.ArrayList;
import java.util.List;

/**
 * What a peer is told about the database; it goes to the peer's process as system
 * properties.
 *
 * @param primary host and port that lead to the primary
 * @param replica host and port that lead to the replica
 * @param encrypted whether connections are encrypted, as they are by default
 * @param user user name of the application's account
 * @param password its password
 * @param monitorUser user name of the account that may look at the servers' state
 * @param monitorPassword its password
 * @param poolSize most connections of each pool
 */
public record Servers(String primary, String replica, boolean encrypted, String user, String password,
		String monitorUser, String monitorPassword, int poolSize) {

	private static final String SCHEMA = "tandem";

	private static final String PREFIX = "benchmark.";

	/** The way back from {@link #toOptions()}. */
	static Servers fromSystemProperties() {
		return new Servers(property("primary"), property("replica"), Boolean.parseBoolean(property("encrypted")),
				property("user"), property("password"), property("monitor-user"), property("monitor-password"),
				Integer.parseInt(property("pool")));
	}

	private static String property(String name) {
		return System.getProperty(PREFIX + name, "");
	}

	/** Options for the java command. */
	public List<String> toOptions() {
		return List.of(option("primary", this.primary), option("replica", this.replica),
				option("encrypted", Boolean.toString(this.encrypted)), option("user", this.user),
				option("password", this.password), option("monitor-user", this.monitorUser),
				option("monitor-password", this.monitorPassword), option("pool", Integer.toString(this.poolSize)));
	}

	private static String option(String name, String value) {
		return "-D" + PREFIX + name + "=" + value;
	}

	String primaryUrl() {
		return url("jdbc:mysql:", this.primary);
	}

	String replicaUrl() {
		return url("jdbc:mysql:", this.replica);
	}

	String both() {
		return this.primary + "," + this.replica;
	}

	String url(String scheme, String hosts, String... parameters) {
		List<String> all = new ArrayList<>(List.of(parameters));
		// The driver encrypts unless told otherwise; ShardingSphere tells it otherwise.
		all.add(this.encrypted ? "sslMode=REQUIRED" : "sslMode=DISABLED");
		if (!this.encrypted) {
			all.add("allowPublicKeyRetrieval=true");
		}
		return scheme + "//" + hosts + "/" + SCHEMA + "?" + String.join("&", all);
	}

}
