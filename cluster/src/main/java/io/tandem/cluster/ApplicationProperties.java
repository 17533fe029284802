package io.tandem.cluster;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.tandem.cluster.mysql.Account;
import io.tandem.cluster.mysql.MySqlGroup;
import io.tandem.cluster.mysql.MySqlNode;
import io.tandem.cluster.mysql.MySqlServers;

/**
 * The settings of an application node that differ from node to node or are secret.
 */
final class ApplicationProperties {

	private static final String LOOPBACK = "127.0.0.1";

	private ApplicationProperties() {
	}

	static String of(Node node, ClusterSettings settings, MySqlServers mysql, StateDirectory state) throws IOException {
		Map<String, String> properties = new TreeMap<>();
		properties.put("tandem.node-name", node.id());
		properties.put("server.address", LOOPBACK);
		properties.put("server.port", Integer.toString(settings.ports().main(node)));
		properties.put("management.server.address", LOOPBACK);
		settings.ports()
			.management(node)
			.ifPresent((port) -> properties.put("management.server.port", Integer.toString(port)));
		if (node.kind() == Node.Kind.GATEWAY) {
			gateway(properties, settings);
			balancing(properties, node, settings, state);
		}
		else {
			webApp(properties, mysql);
			properties.put("db-router.consistency.token.secret", state.tokenSecret());
		}
		return properties.entrySet()
			.stream()
			.map((entry) -> entry.getKey() + "=" + entry.getValue() + "\n")
			.collect(Collectors.joining());
	}

	private static void gateway(Map<String, String> properties, ClusterSettings settings) {
		if (settings.gateways() > 1) {
			properties.put("tandem.gateway.reuse-port", "true");
		}
		properties.put("tandem.gateway.https.port", Integer.toString(settings.ports().https()));
		properties.put("tandem.gateway.https.directory", settings.state().resolve("tls").toString());
		List<Node> instances = Node.of(Node.Kind.WEB_APP);
		for (int i = 0; i < instances.size(); i++) {
			Node instance = instances.get(i);
			String prefix = "spring.cloud.discovery.client.simple.instances.web-app[" + i + "].";
			properties.put(prefix + "instance-id", instance.id());
			properties.put(prefix + "uri", "http://" + LOOPBACK + ":" + settings.ports().main(instance));
			settings.ports()
				.management(instance)
				.ifPresent((port) -> properties.put(prefix + "metadata.management-port", Integer.toString(port)));
		}
	}

	/** What operators change at one gateway is kept, and is the other's too. */
	private static void balancing(Map<String, String> properties, Node node, ClusterSettings settings,
			StateDirectory state) throws IOException {
		properties.put("tandem.gateway.admin.password", state.gatewayPassword());
		// In the node's directory, where its process works.
		properties.put("tandem.gateway.state-file", "balancer.json");
		List<Node> peers = Node.of(Node.Kind.GATEWAY)
			.stream()
			.limit(settings.gateways())
			.filter((peer) -> peer != node)
			.toList();
		for (int i = 0; i < peers.size(); i++) {
			String property = "tandem.gateway.peers[" + i + "]";
			settings.ports()
				.management(peers.get(i))
				.ifPresent((port) -> properties.put(property, "http://" + LOOPBACK + ":" + port));
		}
	}

	private static void webApp(Map<String, String> properties, MySqlServers mysql) {
		account(properties, "db-router.", mysql.accounts().application());
		account(properties, "db-router.monitor.", mysql.accounts().monitor());
		account(properties, "db-router.migration.", mysql.accounts().owner());
		for (MySqlNode node : mysql.nodes()) {
			properties.put("db-router.nodes." + node.name() + ".url", node.jdbcUrl());
		}
		if (mysql instanceof MySqlGroup) {
			properties.put("db-router.topology.provider", "group-replication");
		}
	}

	private static void account(Map<String, String> properties, String prefix, Account account) {
		properties.put(prefix + "username", account.user());
		properties.put(prefix + "password", account.password());
	}

}
