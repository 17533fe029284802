package io.tandem.integration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.tandem.cluster.Node;
import io.tandem.cluster.process.Command;
import io.tandem.cluster.process.FreePorts;

import static org.awaitility.Awaitility.await;

/**
 * All nodes as containers of the project's {@code docker-compose.yml}, or of the highly
 * available variant, on free ports and with images built from this checkout. One more
 * file publishes what the tests look at and a client must not: instances and databases.
 */
final class Containers implements Nodes {

	static final Path CHECKOUT = Path.of("..").toAbsolutePath().normalize();

	private static final Duration BUILT_WITHIN = Duration.ofMinutes(15);

	private static final Duration UP_WITHIN = Duration.ofMinutes(5);

	private static final Duration HEALTHY_WITHIN = Duration.ofMinutes(2);

	private static final List<String> PORTS = List.of("TANDEM_HTTP_PORT", "TANDEM_HTTPS_PORT",
			"TANDEM_GATEWAY_1_MANAGEMENT_PORT", "TANDEM_GATEWAY_2_HTTP_PORT", "TANDEM_GATEWAY_2_HTTPS_PORT",
			"TANDEM_GATEWAY_2_MANAGEMENT_PORT", "TEST_WEB_APP_1_PORT", "TEST_WEB_APP_1_MANAGEMENT_PORT",
			"TEST_WEB_APP_2_PORT", "TEST_WEB_APP_2_MANAGEMENT_PORT", "TEST_MYSQL_1_PORT", "TEST_MYSQL_2_PORT",
			"TEST_MYSQL_3_PORT", "TANDEM_PROMETHEUS_PORT");

	private static final String PAIR = files("docker-compose.yml", "published.yml");

	private static final String GROUP = files("docker-compose.yml", "docker-compose.ha.yml", "published.yml",
			"published.ha.yml");

	/** Not that of a cluster which somebody has started from the same checkout. */
	private static final String EDGE = "172.30.43";

	private static final String ADDRESS = EDGE + ".10";

	private final boolean highlyAvailable;

	/** One for each checkout, so that a run finds what a killed one has left. */
	private final String project;

	private final Map<String, Integer> ports = new TreeMap<>();

	private final Thread lastResort = new Thread(this::down, "containers-last-resort");

	/** Empty where systemd arranges them. */
	private final String cgroupParent = docker("info", "--format", "{{if eq .CgroupDriver \"cgroupfs\"}}/{{end}}");

	private volatile String admin = "";

	private Containers(boolean highlyAvailable) {
		this.highlyAvailable = highlyAvailable;
		this.project = "tandem-test-" + Integer.toHexString(CHECKOUT.hashCode()) + (highlyAvailable ? "-ha" : "");
		List<Integer> free = FreePorts.several(PORTS.size());
		for (int i = 0; i < free.size(); i++) {
			this.ports.put(PORTS.get(i), free.get(i));
		}
	}

	/** Whether a Docker engine answers, with Compose. */
	static boolean available() {
		try {
			return Command.find("docker").isPresent()
					&& Command.run(Duration.ofSeconds(20), List.of("docker", "info")).successful()
					&& Command.run(Duration.ofSeconds(20), List.of("docker", "compose", "version")).successful();
		}
		catch (IOException ex) {
			return false;
		}
	}

	static Containers start() {
		return start(new Containers(false));
	}

	static Containers startHighlyAvailable() {
		return start(new Containers(true));
	}

	private static Containers start(Containers containers) {
		containers.down();
		Runtime.getRuntime().addShutdownHook(containers.lastResort);
		long begin = System.nanoTime();
		containers.compose(BUILT_WITHIN, "build", "--quiet");
		long built = System.nanoTime();
		containers.up();
		System.out.printf("Containers: images built in %d s, up in %d s%n", Duration.ofNanos(built - begin).toSeconds(),
				Duration.ofNanos(System.nanoTime() - built).toSeconds());
		return containers;
	}

	/** Bring up what is not running, as a person does. */
	void up() {
		compose(UP_WITHIN, "up", "--wait");
	}

	/** Call docker compose for this cluster and give its output. */
	String compose(Duration atMost, String... arguments) {
		return inCheckout(atMost, Stream.concat(Stream.of("docker", "compose"), Arrays.stream(arguments)).toList());
	}

	/** Run commands as a person who read of them, on this cluster. */
	void bash(Duration atMost, String commands) {
		inCheckout(atMost, List.of("bash", "-euo", "pipefail", "-c",
				commands.replace("volume rm tandem_", "volume rm " + this.project + "_")));
	}

	private static String files(String... names) {
		return Arrays.stream(names)
			.map((name) -> name.startsWith("docker-compose") ? CHECKOUT.resolve(name)
					: Path.of("src/test/docker", name).toAbsolutePath())
			.map(Path::toString)
			.collect(Collectors.joining(":"));
	}

	private String inCheckout(Duration atMost, List<String> command) {
		List<String> complete = new ArrayList<>(List.of("env", "COMPOSE_PROJECT_NAME=" + this.project,
				"COMPOSE_FILE=" + (this.highlyAvailable ? GROUP : PAIR), "TANDEM_EDGE=" + EDGE));
		this.ports.forEach((name, port) -> complete.add(name + "=" + port));
		complete.add("TEST_CGROUP_PARENT=" + this.cgroupParent);
		complete.addAll(command);
		return run(atMost, complete);
	}

	/** Call docker and give its output. */
	static String docker(String... arguments) {
		List<String> command = new ArrayList<>(List.of("docker"));
		command.addAll(List.of(arguments));
		return run(Duration.ofMinutes(2), command);
	}

	private static String run(Duration atMost, List<String> command) {
		try {
			Command.Result result = Command.run(atMost, command);
			if (!result.successful()) {
				throw new IllegalStateException(String.join(" ", command) + ":\n" + result.output());
			}
			return result.output();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	String project() {
		return this.project;
	}

	/** The container's name. */
	String container(String node) {
		return this.project + "-" + node + "-1";
	}

	@Override
	public String kind() {
		return "CONTAINERS";
	}

	@Override
	public List<String> names() {
		return Arrays.stream(Node.values())
			.filter((node) -> this.highlyAvailable || node != Node.MYSQL_3)
			.map(Node::id)
			.toList();
	}

	@Override
	public void startAll() {
		for (String layer : List.of("mysql", "web-app", "gateway")) {
			List<String> down = names().stream().filter((node) -> node.startsWith(layer) && !isRunning(node)).toList();
			// Members of a group wait for each other.
			down.forEach(this::startInItsNetwork);
			down.forEach(this::awaitHealthy);
		}
	}

	private void startInItsNetwork(String node) {
		if (this.highlyAvailable && node.startsWith("gateway")) {
			docker("start", container(keepalived(node)));
		}
		docker("start", container(node));
	}

	static String keepalived(String gateway) {
		return gateway.replace("gateway", "keepalived");
	}

	/** Of a pair always the same: nothing promotes it. */
	@Override
	public String primary() {
		return this.highlyAvailable ? elected() : "mysql-1";
	}

	/** The one that most members name: one that was hanging does not know better yet. */
	private String elected() {
		Map<String, Integer> votes = new TreeMap<>();
		for (String node : names()) {
			if (node.startsWith("mysql") && state(node).equals("running")) {
				primaryAccordingTo(node).ifPresent((primary) -> votes.merge(primary, 1, Integer::sum));
			}
		}
		return votes.entrySet()
			.stream()
			.filter((vote) -> vote.getValue() > 1)
			.map(Map.Entry::getKey)
			.findFirst()
			.orElseThrow(() -> new IllegalStateException("no majority of the members names a primary: " + votes));
	}

	private Optional<String> primaryAccordingTo(String member) {
		try (Connection connection = connect(member);
				Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery("SELECT member_host FROM "
						+ "performance_schema.replication_group_members WHERE member_role = 'PRIMARY' AND member_state = 'ONLINE'")) {
			return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
		}
		catch (SQLException ex) {
			return Optional.empty();
		}
	}

	/** As docs/operations.md says. */
	@Override
	public void promote(String node) {
		try (Connection connection = connect(node); Statement statement = connection.createStatement()) {
			statement.execute("SELECT group_replication_set_as_primary(@@server_uuid)");
		}
		catch (SQLException ex) {
			throw new IllegalStateException(node + " cannot be promoted", ex);
		}
	}

	@Override
	public boolean isRunning(String node) {
		return List.of("running", "paused").contains(state(node));
	}

	private String state(String node) {
		return docker("inspect", "--format", "{{.State.Status}}", container(node));
	}

	@Override
	public List<String> unwell() {
		return names().stream()
			.filter((node) -> !health(node).equals("healthy"))
			.map((node) -> node + " " + health(node) + ", checked with: " + lastCheck(node))
			.toList();
	}

	private String lastCheck(String node) {
		return docker("inspect", "--format", "{{range .State.Health.Log}}{{.Output}}{{end}}", container(node)).strip();
	}

	String health(String node) {
		return docker("inspect", "--format", "{{if .State.Running}}{{.State.Health.Status}}{{else}}down{{end}}",
				container(node));
	}

	/** Without what it depends on, which {@code docker compose start} would start too. */
	@Override
	public void start(String node) {
		docker("start", container(node));
		awaitHealthy(node);
	}

	void awaitHealthy(String node) {
		await(node + " is healthy").atMost(HEALTHY_WITHIN)
			.pollInterval(Duration.ofMillis(200))
			.until(() -> health(node).equals("healthy"));
	}

	@Override
	public void stop(String node) {
		docker("stop", container(node));
	}

	@Override
	public void kill(String node) {
		docker("kill", container(node));
	}

	@Override
	public void suspend(String node) {
		docker("pause", container(node));
	}

	@Override
	public void resume(String node) {
		docker("unpause", container(node));
	}

	/** Stop a node's process where it stands, or let it go on: STOP, CONT. */
	void signal(String node, String signal) {
		docker("kill", "--signal", signal, container(node));
	}

	/** The gateways that have the virtual address. */
	List<String> holders() {
		return names().stream()
			.filter((node) -> node.startsWith("gateway"))
			.filter((node) -> !docker("exec", container(keepalived(node)), "ip", "-o", "-4", "address", "show", "to",
					ADDRESS)
				.isEmpty())
			.toList();
	}

	@Override
	public URI uri() {
		return this.highlyAvailable ? URI.create("http://" + ADDRESS + ":8080/") : http("gateway-1");
	}

	@Override
	public URI http(String node) {
		return switch (node) {
			case "gateway-1" -> uri("TANDEM_HTTP_PORT");
			case "gateway-2" -> uri("TANDEM_GATEWAY_2_HTTP_PORT");
			default -> uri("TEST_" + variable(node) + "_PORT");
		};
	}

	@Override
	public URI management(String node) {
		return uri((node.startsWith("gateway") ? "TANDEM_" : "TEST_") + variable(node) + "_MANAGEMENT_PORT");
	}

	/** Prometheus, while it runs. */
	URI prometheus() {
		return uri("TANDEM_PROMETHEUS_PORT");
	}

	private URI uri(String port) {
		return URI.create("http://127.0.0.1:" + this.ports.get(port) + "/");
	}

	private static String variable(String node) {
		return node.replace('-', '_').toUpperCase(Locale.ROOT);
	}

	@Override
	public String gatewayPassword() {
		return secret("gateway-1", "properties/tandem.gateway.admin.password");
	}

	private String secret(String node, String file) {
		return docker("run", "--rm", "--network", "none", "--mount",
				"type=volume,readonly,src=" + this.project + "_secrets,dst=/secrets", "--entrypoint", "cat",
				"mysql:9.7", "/secrets/" + node.replaceFirst("-[123]$", "") + "/" + file);
	}

	@Override
	public Connection connect(String node) throws SQLException {
		return DriverManager.getConnection("jdbc:mysql://127.0.0.1:"
				+ this.ports.get("TEST_" + variable(node) + "_PORT") + "/?sslMode=REQUIRED&connectTimeout=5000",
				"tandem_admin", admin());
	}

	@Override
	public String healthCheckHost() {
		return "127.0.0.1";
	}

	private String admin() {
		if (this.admin.isEmpty()) {
			this.admin = secret("mysql-1", "accounts/admin");
		}
		return this.admin;
	}

	/** What the engine still has of this cluster. */
	private List<String> left() {
		String ours = "label=com.docker.compose.project=" + this.project;
		return Stream
			.of(docker("ps", "--all", "--quiet", "--filter", ours),
					docker("network", "ls", "--quiet", "--filter", ours),
					docker("volume", "ls", "--quiet", "--filter", ours))
			.flatMap(String::lines)
			.filter((line) -> !line.isBlank())
			.toList();
	}

	private void down() {
		compose(Duration.ofMinutes(2), "--profile", "*", "down", "--volumes", "--remove-orphans", "--timeout", "1");
	}

	/** Also that nothing is left, for which the documentation gives its word. */
	@Override
	public void close() {
		down();
		List<String> left = left();
		if (!left.isEmpty()) {
			throw new IllegalStateException("docker compose down left " + left);
		}
		try {
			Runtime.getRuntime().removeShutdownHook(this.lastResort);
		}
		catch (IllegalStateException ex) {
			// The JVM is shutting down already.
		}
	}

}
