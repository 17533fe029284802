package io.tandem.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import io.tandem.cluster.mysql.MySqlInstallation;
import io.tandem.cluster.mysql.MySqlNode;
import io.tandem.cluster.mysql.MySqlGroup;
import io.tandem.cluster.mysql.MySqlServers;
import io.tandem.cluster.process.NodeException;
import io.tandem.cluster.process.NodeProcess;
import io.tandem.cluster.process.Parallel;

/**
 * A whole cluster of processes on this machine: gateways, web-apps and MySQL servers. Its
 * processes outlive this object, unless {@link #start} made it for a test.
 */
public final class Cluster implements AutoCloseable {

	private static final Duration ABORT_SETTLES = Duration.ofMillis(300);

	private final ClusterSettings settings;

	private final StateDirectory state;

	private final MySqlServers mysql;

	private final Map<Node, ApplicationNode> applications = new EnumMap<>(Node.class);

	private final Map<Node.Kind, ApplicationJar> jars = new EnumMap<>(Node.Kind.class);

	private final Set<Node> started = Collections.synchronizedSet(EnumSet.noneOf(Node.class));

	private final Thread lastResort = new Thread(this::killAll, "cluster-last-resort");

	private volatile boolean aborted;

	private volatile Consumer<String> progress = (line) -> {
	};

	private Cluster(ClusterSettings settings, StateDirectory state) throws IOException {
		this.settings = settings;
		this.state = state;
		this.mysql = MySqlServers.at(this::installation, state.mysql(), state.logs(),
				Node.of(Node.Kind.MYSQL).stream().collect(Collectors.toMap(Node::id, settings.ports()::main)),
				settings.highlyAvailable());
		for (Node node : nodes()) {
			if (node.kind() != Node.Kind.MYSQL) {
				this.applications.put(node, new ApplicationNode(node, state, managementUri(node)));
			}
		}
	}

	/**
	 * A cluster as it is: some, all or none of its nodes may be running, started by
	 * another process. Where nodes are running, the ports they were started with count.
	 * @param settings what to start and where
	 * @return the cluster
	 * @throws IOException if its state directory cannot be used
	 */
	public static Cluster at(ClusterSettings settings) throws IOException {
		StateDirectory state = new StateDirectory(settings.state());
		state.create();
		Cluster cluster = new Cluster(settings, state);
		if (cluster.runningNodes().isEmpty()) {
			return cluster;
		}
		Ports inEffect = Ports.read(state.ports()).orElse(settings.ports());
		if (settings.highlyAvailable() && !MySqlServers.isGroup(state.mysql())) {
			throw new IOException("The cluster is running with a pair of databases. To make them a group of three, with"
					+ " their data: ./tandem down, then ./tandem up --ha");
		}
		return new Cluster(new ClusterSettings(settings.checkout(), settings.state(), inEffect, settings.gateways(),
				settings.highlyAvailable()), state);
	}

	/**
	 * Starts a cluster for tests, on free ports, with the jars built in this checkout. It
	 * ends with {@link #close()}, and with this JVM at the latest.
	 * @param state its state directory; data in it is used again
	 * @return the cluster, healthy
	 */
	public static Cluster start(Path state) {
		return start(ClusterSettings.onFreePorts(state));
	}

	/**
	 * Starts a cluster for tests. It ends with {@link #close()}, and with this JVM at the
	 * latest.
	 * @param settings what to start and where
	 * @return the cluster, healthy
	 */
	public static Cluster start(ClusterSettings settings) {
		try {
			// Left by a JVM that was killed.
			at(settings).killAll();
			Cluster cluster = at(settings);
			Runtime.getRuntime().addShutdownHook(cluster.lastResort);
			cluster.up(System.out::println);
			return cluster;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** The nodes that this cluster consists of. */
	public List<Node> nodes() {
		return Arrays.stream(Node.values())
			.filter((node) -> node != Node.GATEWAY_2 || this.settings.gateways() > 1)
			.filter((node) -> node != Node.MYSQL_3 || this.mysql instanceof MySqlGroup)
			.toList();
	}

	/**
	 * Starts every node that is not running and returns when all of them are healthy. If
	 * that fails, what it started is ended again.
	 * @param listener hears what is being done, one line each
	 * @throws IOException if MySQL or the applications are not there, or the disk refuses
	 * @throws NodeException if a node does not start
	 */
	public void up(Consumer<String> listener) throws IOException {
		this.progress = listener;
		this.aborted = false;
		List<Node> missing = nodes().stream().filter((node) -> !isRunning(node)).toList();
		try {
			List.of(Node.Kind.GATEWAY, Node.Kind.WEB_APP).forEach(this::jar);
			requirePorts(missing);
			this.settings.ports().write(this.state.ports());
			trainApplications();
			this.started.addAll(missing);
			launch(missing, Node.Kind.GATEWAY);
			startDatabase(missing);
			launch(missing, Node.Kind.WEB_APP);
			listener.accept("waiting until every node is healthy");
			Parallel.forEach(this.applications.keySet(), (node) -> application(node).awaitReady());
			// The gateways look for the web-apps at an interval of their own.
			Parallel.forEach(this.applications.keySet(), (node) -> application(node).awaitNoProblem());
			this.started.clear();
		}
		catch (IOException | RuntimeException ex) {
			abort();
			throw ex;
		}
	}

	/**
	 * Starts what is down in a running cluster, each node after those it needs, gives the
	 * databases their roles back, and returns when all nodes work together again.
	 * @param listener hears what is being done, one line each
	 * @throws NodeException if a node does not start; the ones before it stay
	 */
	public void heal(Consumer<String> listener) {
		this.progress = listener;
		List<Node> missing = nodes().stream().filter((node) -> !isRunning(node)).toList();
		requirePorts(missing);
		List<MySqlNode> hanging = this.mysql.nodes()
			.stream()
			.filter((node) -> node.isRunning() && !node.answers())
			.toList();
		if (hanging.isEmpty()) {
			listener.accept("bringing " + databases() + " together");
			this.mysql.startAll();
		}
		else {
			listener.accept("leaving the databases alone, for " + hanging + " does not answer");
		}
		missing.stream()
			.filter((node) -> node.kind() != Node.Kind.MYSQL)
			.sorted(Comparator.comparing(Node::kind).reversed())
			.forEach((node) -> {
				listener.accept("starting " + node);
				start(node);
			});
		listener.accept("waiting until every node is healthy");
		Parallel.forEach(this.applications.keySet(), (node) -> application(node).awaitNoProblem());
	}

	/**
	 * Ends what an {@link #up} that has not succeeded has started, also from another
	 * thread than the one that is starting it.
	 */
	public void abort() {
		this.aborted = true;
		List<Node> begun = List.copyOf(this.started);
		begun.forEach(this::kill);
		if (!begun.isEmpty()) {
			// The other thread may have been between two processes.
			NodeProcess.pause(ABORT_SETTLES);
			begun.forEach(this::kill);
		}
		this.started.clear();
	}

	private void requirePorts(List<Node> missing) {
		Set<Ports.Purpose> purposes = EnumSet.noneOf(Ports.Purpose.class);
		for (Node node : missing) {
			Ports.Purpose.management(node).ifPresent(purposes::add);
			purposes.add(Ports.Purpose.main(node));
			if (node.kind() == Node.Kind.GATEWAY) {
				purposes.add(Ports.Purpose.HTTPS);
			}
		}
		if (runningNodes().stream().anyMatch((node) -> node.kind() == Node.Kind.GATEWAY)) {
			// The gateways share them.
			purposes.removeAll(EnumSet.of(Ports.Purpose.HTTP, Ports.Purpose.HTTPS));
		}
		PortCheck.requireFree(purposes, this.settings.ports());
	}

	private void trainApplications() {
		List<Node.Kind> untrained = this.jars.keySet().stream().filter((kind) -> !jar(kind).isTrained()).toList();
		if (!untrained.isEmpty()) {
			this.progress.accept("preparing fast starts of this build (once)");
			Parallel.forEach(untrained.stream().map((kind) -> Node.of(kind).getFirst()).toList(), (node) -> {
				try {
					Path properties = application(node).writeProperties(properties(node));
					jar(node.kind()).train(ApplicationNode.arguments(properties));
				}
				catch (IOException ex) {
					throw new UncheckedIOException(ex);
				}
			});
		}
	}

	private void startDatabase(List<Node> missing) {
		if (missing.stream().noneMatch((node) -> node.kind() == Node.Kind.MYSQL)) {
			return;
		}
		boolean fresh = this.mysql.nodes()
			.stream()
			.anyMatch((node) -> !Files.isDirectory(this.state.mysql().resolve(node.name()).resolve("data")));
		this.progress.accept((fresh ? "initialising and starting " : "starting ") + databases());
		this.mysql.startAll();
	}

	private String databases() {
		return this.mysql.nodes().stream().map(MySqlNode::name).collect(Collectors.joining(" and "));
	}

	private void launch(List<Node> nodes, Node.Kind kind) {
		List<Node> wanted = nodes.stream().filter((node) -> node.kind() == kind).toList();
		if (!wanted.isEmpty()) {
			this.progress.accept("starting " + wanted.stream().map(Node::id).collect(Collectors.joining(" and ")));
			wanted.forEach(this::launch);
		}
	}

	private void launch(Node node) {
		if (this.aborted) {
			throw new NodeException(node.id(), "is not started: the start of the cluster was given up", null, null);
		}
		application(node).launch(jar(node.kind()), properties(node));
	}

	private String properties(Node node) {
		try {
			return ApplicationProperties.of(node, this.settings, this.mysql, this.state);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private synchronized ApplicationJar jar(Node.Kind kind) {
		return this.jars.computeIfAbsent(kind, (key) -> {
			try {
				ApplicationJar jar = ApplicationJar.of(key, this.settings.checkout(), this.state.applications());
				jar.unpack();
				return jar;
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		});
	}

	private MySqlInstallation installation() {
		try {
			return MySqlInstallation.locate(this.progress);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Starts a node unless it is running, and returns when it does its work again: a
	 * gateway or web-app is ready, a database node has its role back.
	 * @param node the node
	 * @throws NodeException if it does not start
	 */
	public void start(Node node) {
		if (node.kind() == Node.Kind.MYSQL) {
			if (!isRunning(node)) {
				requirePorts(List.of(node));
			}
			this.mysql.node(node.id()).start();
			awaitUse(node);
			return;
		}
		if (!isRunning(node)) {
			requirePorts(List.of(node));
			launch(node);
		}
		application(node).awaitReady();
	}

	/** Whoever ends the other database now shall not find that nobody uses this one. */
	private void awaitUse(Node database) {
		Parallel.forEach(Node.of(Node.Kind.WEB_APP), (node) -> application(node).awaitUseOf(database));
	}

	/**
	 * Replaces the data of a database node by a copy of the primary's and starts it.
	 * @param node a database node that is not the primary
	 * @param listener hears what is being done, one line each
	 * @throws NodeException if there is no primary to copy
	 */
	public void reclone(Node node, Consumer<String> listener) {
		this.progress = listener;
		if (!isRunning(node)) {
			requirePorts(List.of(node));
		}
		this.mysql.reclone(database(node), listener);
	}

	/**
	 * Makes a database node the primary.
	 * @param node the node
	 * @param listener hears what is being done, one line each
	 * @throws NodeException if that is not possible without force; the message says why
	 */
	public void promote(Node node, Consumer<String> listener) {
		this.mysql.promote(database(node), listener);
	}

	/**
	 * Makes a database node the primary though the present one is dead or hangs.
	 * @param node the node
	 * @param acceptLoss whether to go on if acknowledged transactions are lost thereby
	 * @param listener hears what is being done and what is lost, one line each
	 * @throws NodeException if transactions would be lost, or the primary is well
	 */
	public void promoteForcibly(Node node, boolean acceptLoss, Consumer<String> listener) {
		this.mysql.promoteForcibly(database(node), acceptLoss, listener);
	}

	/**
	 * Ends a node in order: SIGTERM, SIGKILL if it takes too long.
	 * @param node the node
	 */
	public void stop(Node node) {
		if (node.kind() == Node.Kind.MYSQL) {
			this.mysql.node(node.id()).stop();
		}
		else {
			application(node).stop();
		}
	}

	/**
	 * Ends a node at once: SIGKILL.
	 * @param node the node
	 */
	public void kill(Node node) {
		if (node.kind() == Node.Kind.MYSQL) {
			this.mysql.node(node.id()).kill();
		}
		else {
			application(node).process().kill();
		}
	}

	/**
	 * Stops a node and starts it again.
	 * @param node the node
	 */
	public void restart(Node node) {
		stop(node);
		start(node);
	}

	/**
	 * Lets a node hang (SIGSTOP): its connections stay open, and nothing answers.
	 * @param node the node
	 */
	public void suspend(Node node) {
		if (node.kind() == Node.Kind.MYSQL) {
			this.mysql.node(node.id()).suspend();
		}
		else {
			application(node).process().suspend();
		}
	}

	/**
	 * Lets a suspended node go on (SIGCONT).
	 * @param node the node
	 */
	public void resume(Node node) {
		if (node.kind() == Node.Kind.MYSQL) {
			this.mysql.node(node.id()).resume();
		}
		else {
			application(node).process().resume();
		}
	}

	/**
	 * Looks whether a node's process is there.
	 * @param node the node
	 * @return whether it is running, healthy or not
	 */
	public boolean isRunning(Node node) {
		return (node.kind() == Node.Kind.MYSQL) ? this.mysql.node(node.id()).isRunning()
				: application(node).process().isAlive();
	}

	/** The nodes whose processes are there. */
	public List<Node> runningNodes() {
		return nodes().stream().filter(this::isRunning).toList();
	}

	/**
	 * Asks every node how it is; a node that hangs delays the answer by a few seconds.
	 */
	public ClusterStatus status() {
		Map<Node, NodeStatus> status = new ConcurrentHashMap<>();
		Parallel.forEach(nodes(), (node) -> status.put(node, Inspection.of(node, this)));
		return new ClusterStatus(nodes().stream().map(status::get).toList());
	}

	/** Where clients call the cluster: the gateways. */
	public URI httpUri() {
		return httpUri(Node.GATEWAY_1);
	}

	/**
	 * Where a gateway or web-app serves; both gateways serve at the same place.
	 * @param node a gateway or web-app
	 * @return its URI, with a slash at the end
	 */
	public URI httpUri(Node node) {
		return URI.create("http://127.0.0.1:" + this.settings.ports().main(node) + "/");
	}

	/** Where the gateways serve HTTPS. */
	public int httpsPort() {
		return this.settings.ports().https();
	}

	/**
	 * Where a gateway or web-app has its actuator.
	 * @param node a gateway or web-app
	 * @return the URI, with a slash at the end
	 */
	public URI managementUri(Node node) {
		int port = this.settings.ports()
			.management(node)
			.orElseThrow(() -> new IllegalArgumentException(node + " has no management port"));
		return URI.create("http://127.0.0.1:" + port + "/");
	}

	/**
	 * Where a node writes its log.
	 * @param node the node
	 * @return the file, which may not be there yet
	 */
	public Path log(Node node) {
		return this.state.log(node);
	}

	/** The file that holds the password of the gateways' management API (admin). */
	public Path gatewayPassword() {
		return this.state.gatewayPasswordFile();
	}

	/**
	 * How the gateways' management API knows its operator.
	 * @return the value of an {@code Authorization} header
	 * @throws IOException if the password cannot be read
	 */
	public String gatewayAuthorization() throws IOException {
		String credentials = "admin:" + this.state.gatewayPassword();
		return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * The path that logs in to the dashboard of a gateway once, within minutes.
	 * @param gateway the gateway
	 * @return the path, nothing if the gateway gives none
	 */
	public Optional<String> loginPath(Node gateway) {
		try {
			return LoginLink.path(managementUri(gateway), gatewayAuthorization());
		}
		catch (IOException ex) {
			return Optional.empty();
		}
	}

	/** The database nodes. */
	public MySqlServers mysql() {
		return this.mysql;
	}

	/** What this cluster was started from, with the ports in effect. */
	public ClusterSettings settings() {
		return this.settings;
	}

	ApplicationNode application(Node node) {
		ApplicationNode application = this.applications.get(node);
		if (application == null) {
			throw new IllegalArgumentException(node + " is not part of this cluster: this system runs one gateway");
		}
		return application;
	}

	MySqlNode database(Node node) {
		return this.mysql.node(node.id());
	}

	/**
	 * Stops every node, clients' side first, so that requests under way can end.
	 */
	public void down() {
		for (Node.Kind kind : Node.Kind.values()) {
			Parallel.forEach(runningNodes().stream().filter((node) -> node.kind() == kind).toList(), this::stop);
		}
	}

	/**
	 * Does something that no other process may do to this cluster at the same time.
	 * @param <T> the type of the result
	 * @param work the work
	 * @return the work's result
	 * @throws IOException if another process is at it; the message says which
	 * @throws Exception what the work throws
	 */
	public <T> T exclusively(Callable<T> work) throws Exception {
		return this.state.exclusively(work);
	}

	/**
	 * Deletes the data and the secrets of this cluster, which must not be running. This
	 * object is of no use afterwards.
	 * @throws IOException if something cannot be deleted
	 */
	public void wipe() throws IOException {
		if (!runningNodes().isEmpty()) {
			throw new IllegalStateException("The cluster is running: " + runningNodes());
		}
		this.state.wipe();
	}

	@Override
	public void close() {
		down();
		try {
			Runtime.getRuntime().removeShutdownHook(this.lastResort);
		}
		catch (IllegalStateException ex) {
			// The JVM is shutting down already.
		}
	}

	private void killAll() {
		runningNodes().forEach(this::kill);
	}

}
