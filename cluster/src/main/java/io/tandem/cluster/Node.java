package io.tandem.cluster;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The nodes of a cluster; their names are the same everywhere.
 */
public enum Node {

	/** The first load balancer. */
	GATEWAY_1("gateway-1", Kind.GATEWAY),

	/** The second load balancer, on the same port as the first. */
	GATEWAY_2("gateway-2", Kind.GATEWAY),

	/** The first instance of the application. */
	WEB_APP_1("web-app-1", Kind.WEB_APP),

	/** The second instance of the application. */
	WEB_APP_2("web-app-2", Kind.WEB_APP),

	/** The database server that is the primary at first. */
	MYSQL_1("mysql-1", Kind.MYSQL),

	/** The database server that is its replica at first. */
	MYSQL_2("mysql-2", Kind.MYSQL),

	/** The third member of a replication group; a pair has none. */
	MYSQL_3("mysql-3", Kind.MYSQL);

	/** What a node does. */
	public enum Kind {

		/** Balances requests over the web-apps. */
		GATEWAY,

		/** Answers requests. */
		WEB_APP,

		/** Keeps the data. */
		MYSQL

	}

	private final String id;

	private final Kind kind;

	Node(String id, Kind kind) {
		this.id = id;
		this.kind = kind;
	}

	/** The node's name, such as {@code web-app-1}. */
	public String id() {
		return this.id;
	}

	/** What the node does. */
	public Kind kind() {
		return this.kind;
	}

	/**
	 * Finds a node by its name.
	 * @param id a name such as {@code web-app-1}
	 * @return the node, empty if there is none of that name
	 */
	public static Optional<Node> of(String id) {
		return Arrays.stream(values()).filter((node) -> node.id.equals(id)).findFirst();
	}

	/**
	 * Lists the nodes of a cluster.
	 * @param kind what they do
	 * @return the nodes of that kind
	 */
	public static List<Node> of(Kind kind) {
		return Arrays.stream(values()).filter((node) -> node.kind == kind).toList();
	}

	@Override
	public String toString() {
		return this.id;
	}

}
