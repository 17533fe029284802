package io.tandem.integration;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import io.tandem.cluster.Cluster;
import io.tandem.cluster.Node;
import io.tandem.cluster.process.NodeException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The cluster under test, with the views that the tests need: its public port, one
 * instance alone, and each database's own word on what it did.
 */
final class TestCluster implements AutoCloseable {

	/** Names the nodes that the tests run on. */
	static final String PROPERTY = "tandem.test.nodes";

	private final Nodes nodes;

	private final Set<String> suspended = new HashSet<>();

	/** Nodes that were started since the last warm-up. */
	private final Set<String> cold = new HashSet<>();

	private TestCluster(Nodes nodes) {
		this.nodes = nodes;
	}

	static TestCluster start() {
		return warm(inContainers() ? Containers.start() : Processes.start());
	}

	/** One with a replication group of three as its database. */
	static TestCluster startHighlyAvailable() {
		return warm(inContainers() ? Containers.startHighlyAvailable() : Processes.startHighlyAvailable());
	}

	private static TestCluster warm(Nodes nodes) {
		TestCluster started = new TestCluster(nodes);
		warmUp(started.client(), 2_000);
		return started;
	}

	static boolean inContainers() {
		return "containers".equals(System.getProperty(PROPERTY));
	}

	/**
	 * Two cores are busy with four cold JVMs at first; what the tests measure is what a
	 * dead node costs, not that.
	 */
	private static void warmUp(LinkClient client, int requests) {
		try (ExecutorService callers = Executors.newFixedThreadPool(8)) {
			// An instance that was just started may not know the primary yet.
			String code = await("a first link").atMost(Duration.ofSeconds(30))
				.ignoreExceptions()
				.until(() -> client.create("https://example.com/warm-up"), Objects::nonNull);
			List<Callable<HttpResponse<String>>> calls = new ArrayList<>();
			for (int i = 0; i < requests; i++) {
				int number = i;
				calls.add(() -> switch (number % 10) {
					case 0 -> client.shorten("https://example.com/warm-up/" + number);
					case 1 -> client.get("/");
					case 2, 3, 4 -> client.get("/api/links?limit=5");
					default -> client.get("/" + code);
				});
			}
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
		Set.copyOf(this.suspended).forEach(this::resume);
		List<String> down = this.nodes.names().stream().filter((node) -> !this.nodes.isRunning(node)).toList();
		if (!this.nodes.unwell().isEmpty()) {
			this.nodes.startAll();
		}
		awaitWhole();
		await("both instances in rotation, reading from the replica").atMost(Duration.ofSeconds(30))
			.until(() -> isServing("web-app-1") && isServing("web-app-2"));
		this.cold.addAll(down);
		this.cold.stream()
			.filter((node) -> node.startsWith("web-app"))
			.forEach((node) -> warmUp(instanceClient(node), 500));
		this.cold.clear();
	}

	private boolean isServing(String instance) throws IOException, InterruptedException {
		for (int i = 0; i < 2 * gateways(); i++) {
			HttpResponse<String> response = client().get("/");
			if (LinkClient.servedBy(response).equals(instance)) {
				return LinkClient.serverTiming(response).contains(" replica");
			}
		}
		return false;
	}

	URI uri() {
		return this.nodes.uri();
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
		return new LinkClient(this.nodes.http(instance));
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
			URI uri = this.nodes.management(name).resolve(path);
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
		String credentials = "admin:" + this.nodes.gatewayPassword();
		try (HttpClient http = HttpClient.newHttpClient()) {
			URI uri = this.nodes.management(gateway).resolve("actuator/balancer" + path);
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

	/** The database node that takes writes. */
	String primary() {
		return this.nodes.primary();
	}

	List<String> databaseNames() {
		return this.nodes.names().stream().filter((node) -> node.startsWith("mysql")).toList();
	}

	void promote(String name) {
		this.nodes.promote(name);
	}

	void promoteForcibly(String name) {
		processes().promoteForcibly(Node.of(name).orElseThrow(), false, System.out::println);
	}

	/**
	 * Start a former primary; if it has commits of its own, as a copy of the new one.
	 */
	void startOrReclone(String name) {
		try {
			start(name);
		}
		catch (NodeException ex) {
			assertThat(ex).hasMessageContaining("./tandem start " + name + " --reclone");
			System.out.println(ex.getMessage());
			processes().reclone(Node.of(name).orElseThrow(), System.out::println);
		}
	}

	/** Wait until every node does its work, whoever sees to that. */
	void awaitWhole() {
		await("every node healthy").atMost(Duration.ofSeconds(60))
			.untilAsserted(() -> assertThat(this.nodes.unwell()).isEmpty());
	}

	List<String> gatewayNames() {
		return this.nodes.names().stream().filter((node) -> node.startsWith("gateway")).toList();
	}

	void kill(String name) {
		this.nodes.kill(name);
	}

	void stop(String name) {
		this.nodes.stop(name);
	}

	void start(String name) {
		this.cold.add(name);
		this.nodes.start(name);
	}

	void suspend(String name) {
		this.suspended.add(name);
		this.nodes.suspend(name);
	}

	void resume(String name) {
		this.nodes.resume(name);
		this.suspended.remove(name);
	}

	/**
	 * The application's statements that a database node has executed so far.
	 */
	StatementCounts counts(String name) throws SQLException {
		try (Connection connection = connect(name)) {
			return StatementCounts.of(connection, this.nodes.healthCheckHost());
		}
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
		return this.nodes.connect(name);
	}

	/** Wait until every other database has what the primary has by now. */
	void awaitReplicaCaughtUp() {
		String primary = primary();
		for (String replica : databaseNames()) {
			if (!replica.equals(primary)) {
				awaitCaughtUp(replica, primary);
			}
		}
	}

	private void awaitCaughtUp(String replica, String primary) {
		try (Connection source = connect(primary);
				Connection follower = connect(replica);
				PreparedStatement waiting = follower.prepareStatement("SELECT WAIT_FOR_EXECUTED_GTID_SET(?, 30)")) {
			waiting.setString(1, value(source.prepareStatement("SELECT @@GLOBAL.gtid_executed")));
			assertThat(value(waiting)).as(replica + " has caught up").isEqualTo("0");
		}
		catch (SQLException ex) {
			throw new IllegalStateException(replica + " cannot be compared with its source", ex);
		}
	}

	private static String value(PreparedStatement query) throws SQLException {
		try (query; ResultSet row = query.executeQuery()) {
			row.next();
			return row.getString(1);
		}
	}

	/** The local processes; fails where the nodes are containers. */
	Cluster processes() {
		return ((Processes) this.nodes).cluster();
	}

	/** The containers; fails where the nodes are processes. */
	Containers containers() {
		return (Containers) this.nodes;
	}

	String kind() {
		return this.nodes.kind();
	}

	@Override
	public void close() {
		Set.copyOf(this.suspended).forEach(this::resume);
		this.nodes.close();
	}

}
