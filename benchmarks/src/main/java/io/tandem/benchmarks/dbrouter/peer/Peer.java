package io.tandem.benchmarks.dbrouter.peer;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A way to send reads to the replica and writes to the primary, or not to. The same
 * application uses each as its documentation says.
 */
public enum Peer {

	/** Everything on the primary. */
	BOOT("Spring Boot, one DataSource"),

	/** As Spring's documentation shows it, pools with their defaults. */
	LAZY("LazyConnectionDataSourceProxy.setReadOnlyDataSource"),

	/** The best that Spring's own parts can do. */
	LAZY_TUNED("the same, tuned"),

	/** What most tutorials show. */
	ROUTING("AbstractRoutingDataSource behind a lazy proxy"),

	/** The driver's own splitting. */
	REPLICATION("Connector/J replication: URL"),

	/** It does not split, but it follows. */
	MULTI_HOST("Connector/J, both hosts in one URL"),

	SHARDINGSPHERE("ShardingSphere-JDBC 5.5.2"),

	AWS("AWS JDBC wrapper 4.3.0 (srw)"),

	/** Causal reads off. */
	DB_ROUTER_EVENTUAL("db-router, eventual reads"),

	/** Causal reads on, each client a session of its own. */
	DB_ROUTER("db-router, causal reads");

	private final String title;

	Peer(String title) {
		this.title = title;
	}

	public String title() {
		return this.title;
	}

	/** The name on the command line and of the Maven profile with its dependencies. */
	public String id() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	/**
	 * Finds a peer.
	 * @param id the peer's {@link #id()}
	 * @return the peer
	 */
	public static Peer of(String id) {
		return Stream.of(values())
			.filter((peer) -> peer.id().equals(id))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException(
					"There is no peer '" + id + "', only " + Arrays.stream(values()).map(Peer::id).toList()));
	}

	/** Whether it is db-router, whose jar no other peer has. */
	public boolean isDbRouter() {
		return this == DB_ROUTER || this == DB_ROUTER_EVENTUAL;
	}

}
