package io.tandem.dbrouter.autoconfigure;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

import io.tandem.dbrouter.topology.NodeUrl;

/**
 * Checks the configured nodes.
 */
final class ConfiguredNodes {

	private ConfiguredNodes() {
	}

	/**
	 * Takes the URLs of the nodes apart.
	 * @param nodes the nodes as configured
	 * @return the URLs by node, in the order of their names
	 * @throws InvalidNodesException if they cannot be used
	 */
	static Map<String, NodeUrl> check(Map<String, DbRouterProperties.Node> nodes) {
		if (nodes.isEmpty()) {
			throw new InvalidNodesException("db-router is enabled but has no database nodes.",
					"Name each MySQL server, for example:\n\n    db-router.nodes.mysql-1.url=jdbc:mysql://localhost:3306/app"
							+ "\n\nor set db-router.enabled=false.");
		}
		// Not every source of properties keeps an order.
		Map<String, NodeUrl> urls = new TreeMap<>();
		Map<String, String> servers = new LinkedHashMap<>();
		new TreeMap<>(nodes).forEach((name, node) -> {
			NodeUrl url = parse(name, node.url());
			String other = servers.put(url.server(), name);
			if (other != null) {
				throw new InvalidNodesException(
						"The nodes " + other + " and " + name + " are the same server, " + url.server() + ".",
						"Give each node the address of its own server in db-router.nodes." + other
								+ ".url and db-router.nodes." + name + ".url, or remove one of them.");
			}
			urls.put(name, url);
		});
		return urls;
	}

	private static NodeUrl parse(String name, String url) {
		try {
			return NodeUrl.parse(url);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidNodesException("The URL of the node " + name + " cannot be used: " + ex.getMessage() + ".",
					"Set db-router.nodes." + name + ".url to the URL of one MySQL server, "
							+ "such as jdbc:mysql://localhost:3306/app.");
		}
	}

}
