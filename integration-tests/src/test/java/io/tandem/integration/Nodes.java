package io.tandem.integration;

import java.io.IOException;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * What the tests do to the nodes of a cluster, wherever these run. Nodes go by their
 * names.
 */
interface Nodes extends AutoCloseable {

	/** What the nodes are, to be printed. */
	String kind();

	/** All nodes, the ones that others need last. */
	List<String> names();

	boolean isRunning(String node);

	/** The nodes that do not do all of their work. */
	List<String> unwell();

	/** Start what does not run, each node after those it needs. */
	void startAll();

	/** The database node that takes writes. */
	String primary();

	/** Start a node and wait until it does its work. */
	void start(String node);

	/** End a node in order. */
	void stop(String node);

	void kill(String node);

	/** Let a node hang. */
	void suspend(String node);

	/** Let a suspended node go on. */
	void resume(String node);

	/** Make another member of a group its primary, in order. */
	void promote(String node);

	/** Where clients come in. */
	URI uri();

	/** Where a gateway or web-app serves. */
	URI http(String node);

	/** Where a gateway or web-app has its actuator. */
	URI management(String node);

	/** The password of the gateways' operator. */
	String gatewayPassword() throws IOException;

	/** A connection to a database node as its administrator. */
	Connection connect(String node) throws SQLException;

	/**
	 * Where the health checks of a database connect from; empty if they are none of SQL.
	 */
	String healthCheckHost();

	@Override
	void close();

}
