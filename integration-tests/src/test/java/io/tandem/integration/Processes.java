package io.tandem.integration;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

import io.tandem.cluster.Cluster;
import io.tandem.cluster.ClusterSettings;
import io.tandem.cluster.Node;
import io.tandem.cluster.NodeStatus;

/**
 * All nodes as local processes, on free ports.
 */
final class Processes implements Nodes {

	private static final Path STATES = Path.of("target", "clusters");

	private final Cluster cluster;

	private Processes(Cluster cluster) {
		this.cluster = cluster;
	}

	static Processes start() {
		return new Processes(Cluster.start(STATES.resolve("shared")));
	}

	static Processes startHighlyAvailable() {
		return new Processes(Cluster.start(ClusterSettings.onFreePorts(STATES.resolve("group")).asHighlyAvailable()));
	}

	Cluster cluster() {
		return this.cluster;
	}

	@Override
	public String kind() {
		return "PROCESSES";
	}

	@Override
	public List<String> names() {
		return this.cluster.nodes().stream().map(Node::id).toList();
	}

	@Override
	public boolean isRunning(String node) {
		return this.cluster.isRunning(node(node));
	}

	@Override
	public List<String> unwell() {
		return this.cluster.status()
			.nodes()
			.stream()
			.filter((node) -> node.state() != NodeStatus.State.UP)
			.map((node) -> node.node() + " " + node.detail())
			.toList();
	}

	@Override
	public void startAll() {
		this.cluster.heal(System.out::println);
	}

	@Override
	public String primary() {
		return this.cluster.mysql().primary().name();
	}

	@Override
	public void start(String node) {
		this.cluster.start(node(node));
	}

	@Override
	public void stop(String node) {
		this.cluster.stop(node(node));
	}

	@Override
	public void kill(String node) {
		this.cluster.kill(node(node));
	}

	@Override
	public void suspend(String node) {
		this.cluster.suspend(node(node));
	}

	@Override
	public void resume(String node) {
		this.cluster.resume(node(node));
	}

	@Override
	public void promote(String node) {
		this.cluster.promote(node(node), System.out::println);
	}

	@Override
	public URI uri() {
		return http("gateway-1");
	}

	@Override
	public URI http(String node) {
		return this.cluster.httpUri(node(node));
	}

	@Override
	public URI management(String node) {
		return this.cluster.managementUri(node(node));
	}

	@Override
	public String gatewayPassword() throws IOException {
		return Files.readString(this.cluster.gatewayPassword());
	}

	@Override
	public Connection connect(String node) throws SQLException {
		return this.cluster.mysql().node(node).connect(this.cluster.mysql().accounts().admin());
	}

	@Override
	public String healthCheckHost() {
		return "";
	}

	@Override
	public void close() {
		this.cluster.close();
	}

	private static Node node(String name) {
		return Node.of(name).orElseThrow();
	}

}
