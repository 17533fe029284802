package io.tandem.dbrouter.topology;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import com.mysql.cj.conf.ConnectionUrlParser;
import com.mysql.cj.conf.HostInfo;
import com.mysql.cj.exceptions.CJException;

/**
 * The JDBC URL of one node, taken apart.
 *
 * @param url the URL as configured
 * @param host the host
 * @param port the port, 3306 if the URL names none
 * @param database the default database, empty if the URL names none
 * @param parameters the parameters of the URL, with case-insensitive names
 */
public record NodeUrl(String url, String host, int port, String database, Map<String, String> parameters) {

	private static final String SCHEME = "jdbc:mysql:";

	private static final int DEFAULT_PORT = 3306;

	/**
	 * Takes a URL apart.
	 * @param url a URL like {@code jdbc:mysql://host:port/database?parameter=value}
	 * @return its parts
	 * @throws IllegalArgumentException with a message for the user if the URL is not one
	 * of a single MySQL server
	 */
	public static NodeUrl parse(String url) {
		if (!url.startsWith(SCHEME + "//")) {
			throw new IllegalArgumentException("it does not start with " + SCHEME + "//");
		}
		List<HostInfo> hosts;
		String database;
		Map<String, String> parameters = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		try {
			ConnectionUrlParser parser = ConnectionUrlParser.parseConnectionString(url);
			hosts = parser.getHosts();
			database = parser.getPath();
			parameters.putAll(parser.getProperties());
		}
		catch (CJException ex) {
			throw new IllegalArgumentException("MySQL Connector/J cannot read it", ex);
		}
		if (hosts.size() != 1) {
			throw new IllegalArgumentException(
					"it names " + hosts.size() + " servers; a node is one server, db-router does the rest");
		}
		HostInfo host = hosts.get(0);
		String name = (host.getHost() != null) ? host.getHost() : "localhost";
		int port = (host.getPort() > 0) ? host.getPort() : DEFAULT_PORT;
		return new NodeUrl(url, name, port, (database != null) ? database : "", parameters);
	}

	/**
	 * The server behind the URL, to tell whether two URLs mean the same one.
	 * @return {@code host:port}
	 */
	public String server() {
		return this.host.toLowerCase(Locale.ROOT) + ":" + this.port;
	}

	/**
	 * The same database with the same parameters on another server.
	 * @param otherHost the other server's host
	 * @param otherPort its port
	 * @return the URL
	 */
	public NodeUrl at(String otherHost, int otherPort) {
		String rest = this.url.substring((SCHEME + "//").length());
		int path = rest.indexOf('/');
		String literal = (otherHost.indexOf(':') >= 0) ? "[" + otherHost + "]" : otherHost;
		return parse(SCHEME + "//" + literal + ":" + otherPort + ((path >= 0) ? rest.substring(path) : "/"));
	}

	@Override
	public String toString() {
		return server();
	}

}
