package io.tandem.integration;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import io.tandem.cluster.Cluster;
import io.tandem.cluster.Node;
import io.tandem.cluster.NodeStatus;
import io.tandem.cluster.mysql.MySqlNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The cluster under test, with the views that the tests need: its public port, one
 * instance alone, and each database's own word on what it did.
 */
final class TestCluster implements AutoCloseable {

	private static final Path STATE = Path.of("target", "clusters", "shared");

	private final Cluster cluster;

	private final Set<Node> suspended = new HashSet<>();

	private TestCluster(Cluster cluster) {
		this.cluster = cluster;
	}

	static TestCluster start() {
		TestCluster started = new TestCluster(Cluster.start(STATE));
		started.warmUp();
		return started;
	}

	/**
	 * Two cores are busy with four cold JVMs at first; what the tests measure is what a
	 * dead node costs, not that.
	 */
	private void warmUp() {
		LinkClient client = client();
		List<Callable<HttpResponse<String>>> calls = new ArrayList<>();
		for (int i = 0; i < 2_000; i++) {
			int number = i;
			calls.add(() -> (number % 10 == 0) ? client.shorten("https://example.com/warm-up/" + number)
					: client.get((number % 10 == 1) ? "/" : "/api/links?limit=5"));
		}
		try (ExecutorService callers = Executors.newFixedThreadPool(8)) {
			callers.invokeAll(calls, 90, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Bring back whatever an earlier test has broken, and wait until every node is used
	 * again.
	 */
	void heal() {
		Set.copyOf(this.suspended).forEach((node) -> resume(node.id()));
		this.cluster.nodes()
			.stream()
			.filter((node) -> !this.cluster.isRunning(node))
			// The primary before its replica, databases before those who use them.
			.sorted((left, right) -> right.kind().compareTo(left.kind()))
			.forEach(this.cluster::start);
		await("every node healthy").atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> assertThat(this.cluster.status().nodes())
				.allMatch((node) -> node.state() == NodeStatus.State.UP));
		await("both instances in rotation, reading from the replica").atMost(Duration.ofSeconds(30))
			.until(() -> isServing("web-app-1") && isServing("web-app-2"));
	}

	private boolean isServing(String instance) throws IOException, InterruptedException {
		for (int i = 0; i < 2 * gateways(); i++) {
			HttpResponse<String> response = client().get("/");
			if (LinkClient.servedBy(response).equals(instance)) {
				return LinkClient.serverTiming(response).contains("mysql-2 replica");
			}
		}
		return false;
	}

	URI uri() {
		return this.cluster.httpUri();
	}

	int gateways() {
		return gatewayNames().size();
	}

	/**
	 * A client with connections of its own to the public port.
	 */
	LinkClient client() {
		return new LinkClient(uri());
	}

	/**
	 * A client that speaks to one instance, past the gateways.
	 */
	LinkClient instanceClient(String instance) {
		return new LinkClient(this.cluster.httpUri(node(instance)));
	}

	/**
	 * The status code of a node's readiness.
	 */
	int readiness(String name) throws IOException, InterruptedException {
		return management(name, "actuator/health/readiness").statusCode();
	}

	/**
	 * Ask a node's management port.
	 */
	HttpResponse<String> management(String name, String path) throws IOException, InterruptedException {
		try (HttpClient http = HttpClient.newHttpClient()) {
			URI uri = this.cluster.managementUri(node(name)).resolve(path);
			return http.send(HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(10)).build(),
					HttpResponse.BodyHandlers.ofString());
		}
	}

	/**
	 * Speak to the endpoint balancer of a gateway as its operator.
	 * @param json what to send; empty for nothing
	 */
	HttpResponse<String> balancer(String gateway, String method, String path, String json)
			throws IOException, InterruptedException {
		String credentials = "admin:" + Files.readString(this.cluster.gatewayPassword());
		try (HttpClient http = HttpClient.newHttpClient()) {
			URI uri = this.cluster.managementUri(node(gateway)).resolve("actuator/balancer" + path);
			return http.send(HttpRequest.newBuilder(uri)
				.timeout(Duration.ofSeconds(60))
				.header("Authorization",
						"Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)))
				.header("Content-Type", "application/json")
				.method(method,
						json.isEmpty() ? HttpRequest.BodyPublishers.noBody()
								: HttpRequest.BodyPublishers.ofString(json))
				.build(), HttpResponse.BodyHandlers.ofString());
		}
	}

	/**
	 * Wait until no web-app gets a part of its share only, because it was down.
	 */
	void awaitEqualShares() {
		await("the end of slow start").atMost(Duration.ofSeconds(30)).until(() -> {
			for (String gateway : gatewayNames()) {
				if (!balancer(gateway, "GET", "", "").body().matches("(?s).*\"share\":50\\.0.*\"share\":50\\.0.*")) {
					return false;
				}
			}
			return true;
		});
	}

	List<String> gatewayNames() {
		return this.cluster.nodes().stream().filter((node) -> node.kind() == Node.Kind.GATEWAY).map(Node::id).toList();
	}

	void kill(String name) {
		this.cluster.kill(node(name));
	}

	void stop(String name) {
		this.cluster.stop(node(name));
	}

	void start(String name) {
		this.cluster.start(node(name));
	}

	void suspend(String name) {
		this.suspended.add(node(name));
		this.cluster.suspend(node(name));
	}

	void resume(String name) {
		this.cluster.resume(node(name));
		this.suspended.remove(node(name));
	}

	/**
	 * The application's statements that a database node has executed so far.
	 */
	StatementCounts counts(String name) throws SQLException {
		return StatementCounts.of(database(name), this.cluster.mysql().accounts());
	}

	/**
	 * The codes of all links on a database node.
	 */
	Set<String> codesOn(String name) throws SQLException {
		try (Connection connection = connect(name);
				Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery("SELECT code FROM tandem.link")) {
			Set<String> codes = new HashSet<>();
			while (rows.next()) {
				codes.add(rows.getString(1));
			}
			return codes;
		}
	}

	/**
	 * Execute a statement on a database node as the administrator.
	 */
	void execute(String name, String sql) throws SQLException {
		try (Connection connection = connect(name); Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

	Connection connect(String name) throws SQLException {
		return database(name).connect(this.cluster.mysql().accounts().admin());
	}

	void awaitReplicaCaughtUp() {
		this.cluster.mysql().awaitReplicaCaughtUp(Duration.ofSeconds(30));
	}

	Cluster cluster() {
		return this.cluster;
	}

	@Override
	public void close() {
		Set.copyOf(this.suspended).forEach((node) -> resume(node.id()));
		this.cluster.close();
	}

	private MySqlNode database(String name) {
		return this.cluster.mysql().node(name);
	}

	private static Node node(String name) {
		return Node.of(name).orElseThrow();
	}

}
