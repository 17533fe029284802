package io.tandem.dbrouter.topology;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the topology up to date: one probe and one daemon thread per node. Nodes may come
 * and go.
 */
public final class TopologyMonitor implements AutoCloseable {

	private static final Log logger = LogFactory.getLog(TopologyMonitor.class);

	private static final Duration FIRST_ROUND_MARGIN = Duration.ofMillis(250);

	/** How many times as often nodes are looked at while somebody waits for a primary. */
	private static final int URGENT = 10;

	private static final Duration URGENT_FOR = Duration.ofMinutes(1);

	private final Map<String, ProbeLoop> loops = new ConcurrentSkipListMap<>();

	private final NodeSettings settings;

	private final TopologyEvaluator evaluator;

	private final List<TopologyListener> listeners = new CopyOnWriteArrayList<>();

	private final ExecutorService closer = Executors.newCachedThreadPool((task) -> daemon(task, "db-router-close"));

	private final ScheduledExecutorService alarms = Executors
		.newSingleThreadScheduledExecutor((task) -> daemon(task, "db-router-probe-alarm"));

	private final Object lock = new Object();

	private volatile Topology topology;

	private volatile long primarySeenAt = System.nanoTime();

	private volatile boolean started;

	private volatile boolean closed;

	/**
	 * Creates a monitor that does nothing before {@link #start()}.
	 * @param nodes the nodes
	 * @param settings how often to look and how long to wait
	 */
	public TopologyMonitor(List<Node> nodes, NodeSettings settings) {
		this.settings = settings;
		List<String> names = nodes.stream().map(Node::name).toList();
		nodes.forEach((node) -> this.loops.put(node.name(), loop(node)));
		this.evaluator = new TopologyEvaluator(names, EvaluationRules.of(settings));
		this.topology = Topology.unknown(names);
	}

	private ProbeLoop loop(Node node) {
		return new ProbeLoop(node, this::interval, this::silence, this.alarms, this::accept);
	}

	/**
	 * Starts the probes and waits until each node was looked at once, at most for the
	 * time a look may take.
	 */
	public void start() {
		this.started = true;
		this.loops.values().forEach(ProbeLoop::start);
		try {
			awaitFirstLooks(this.settings.connectTimeout().plus(FIRST_ROUND_MARGIN));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	void awaitFirstLooks(Duration longest) throws InterruptedException {
		long deadline = System.nanoTime() + longest.toNanos();
		for (ProbeLoop loop : this.loops.values()) {
			if (!loop.awaitFirstLook(deadline - System.nanoTime())) {
				logger.debug(loop.node() + " was not looked at within " + longest);
			}
		}
	}

	/**
	 * The topology now.
	 * @return the latest snapshot
	 */
	public Topology topology() {
		return this.topology;
	}

	/**
	 * All nodes, whatever their state.
	 * @return the nodes, in the order of their names
	 */
	public Collection<Node> nodes() {
		return this.loops.values().stream().map(ProbeLoop::node).toList();
	}

	/**
	 * The node of a name.
	 * @param name the name
	 * @return the node, {@code null} if there is none (any more)
	 */
	public @Nullable Node node(String name) {
		ProbeLoop loop = this.loops.get(name);
		return (loop != null) ? loop.node() : null;
	}

	/**
	 * The node that takes writes.
	 * @return the node, {@code null} if there is none
	 */
	public @Nullable Node primary() {
		String name = this.topology.primary();
		return (name != null) ? node(name) : null;
	}

	/**
	 * Adds a node unless there is one of that name. It is used once it was looked at.
	 * @param name its name
	 * @param url where it is
	 * @param weight its share of the reads
	 */
	public void add(String name, NodeUrl url, int weight) {
		if (node(name) == null) {
			add(new Node(name, url, this.settings, weight));
		}
	}

	private void add(Node node) {
		synchronized (this.lock) {
			if (this.closed || this.loops.containsKey(node.name())) {
				return;
			}
			ProbeLoop loop = loop(node);
			this.loops.put(node.name(), loop);
			this.evaluator.add(node.name());
			change(this.evaluator.evaluate());
			if (this.started) {
				loop.start();
			}
		}
		logger.info(node.name() + " (" + node.url() + ") was added");
	}

	/**
	 * Removes a node. No new work goes there; what is under way on it may end.
	 * @param name the node's name
	 */
	public void remove(String name) {
		synchronized (this.lock) {
			ProbeLoop loop = this.loops.remove(name);
			if (loop == null) {
				return;
			}
			loop.stop();
			change(this.evaluator.remove(name));
			this.closer.execute(() -> loop.node().drain(this.settings.socketTimeout()));
		}
		logger.info(name + " was removed");
	}

	/**
	 * Adds a listener. It is not told of the present topology.
	 * @param listener hears of later changes
	 */
	public void addListener(TopologyListener listener) {
		this.listeners.add(listener);
	}

	/**
	 * Says that something failed on a node: others are tried before it until a probe,
	 * which begins now, has looked at it.
	 * @param node the node
	 */
	public void suspect(Node node) {
		node.suspect();
		ProbeLoop loop = this.loops.get(node.name());
		if (loop != null) {
			loop.lookNow();
		}
	}

	/**
	 * Looks at all nodes now: the roles may have changed.
	 */
	public void probeAll() {
		this.loops.values().forEach(ProbeLoop::lookNow);
	}

	/**
	 * Waits until a probe has ended.
	 * @param seen the topology that the caller knows
	 * @param deadline the latest moment to come back, in {@link System#nanoTime()}
	 * @return whether there is a newer topology, which may say the same
	 * @throws InterruptedException if the thread is interrupted
	 */
	@SuppressWarnings("ReferenceEquality")
	public boolean awaitNewer(Topology seen, long deadline) throws InterruptedException {
		synchronized (this.lock) {
			while (this.topology == seen && !this.closed) {
				long left = deadline - System.nanoTime();
				if (left <= 0) {
					return false;
				}
				TimeUnit.NANOSECONDS.timedWait(this.lock, left);
			}
			return !this.closed;
		}
	}

	private void accept(Node node, ProbeResult result) {
		synchronized (this.lock) {
			if (this.closed || !this.loops.containsKey(node.name())) {
				return;
			}
			if (result.observation() != null) {
				// Before the topology says so: whoever reads it may use the pool.
				node.observed(result.observation());
				node.open();
			}
			change(this.evaluator.accept(node.name(), result));
			if (result.outcome() == ProbeResult.Outcome.MISSED) {
				// Whoever has a choice tries others until it is certain.
				node.suspect();
				if (node.name().equals(this.topology.primary())) {
					// Another may have been made writable already.
					probeAll();
				}
			}
			else if (result.observation() != null) {
				node.trust(result.startedAt());
			}
		}
	}

	private void change(Topology after) {
		Topology before = this.topology;
		after.nodes().forEach(this::evaluated);
		this.topology = after;
		after.nodes().forEach(this::cutIfDown);
		if (after.primary() != null) {
			this.primarySeenAt = System.nanoTime();
		}
		if (isLost(before, after) || (after.isSplit() && !before.isSplit())) {
			// Is another one writable already? Or: one was promoted, is the other dead?
			probeAll();
		}
		if (!after.equals(before)) {
			TopologyLog.changed(before, after);
			this.listeners.forEach((listener) -> tell(listener, after));
		}
		// After the listeners: who waits finds what they have done.
		this.lock.notifyAll();
	}

	private static boolean isLost(Topology before, Topology after) {
		return before.primary() != null && after.primary() == null;
	}

	private void evaluated(NodeStatus status) {
		Node node = node(status.name());
		if (node != null) {
			node.evaluated(status.state().isRoutable(), this.evaluator.lag(status.name()));
		}
	}

	/** After the topology says so: who loses a connection finds another node. */
	private void cutIfDown(NodeStatus status) {
		Node node = node(status.name());
		if (status.state() == NodeState.DOWN && node != null) {
			node.close(this.closer);
		}
	}

	private static void tell(TopologyListener listener, Topology topology) {
		try {
			listener.topologyChanged(topology);
		}
		catch (RuntimeException ex) {
			logger.warn("A listener failed on a change of the topology", ex);
		}
	}

	/** How long to wait before the next look at a node. */
	private Duration interval() {
		Duration interval = this.settings.probeInterval();
		return isUrgent() ? interval.dividedBy(URGENT) : interval;
	}

	/**
	 * How long a node may be silent until it is asked over a new connection. If another
	 * node was made writable, a primary that is slow to answer is gone.
	 */
	private Duration silence() {
		return this.settings.probeTimeout().multipliedBy(2).dividedBy(this.topology.isSplit() ? 6 : 3);
	}

	/** Somebody waits for a primary: a promotion shall not go unnoticed for long. */
	private boolean isUrgent() {
		Topology now = this.topology;
		Node primary = primary();
		if (primary != null && primary.isSuspect()) {
			return true;
		}
		return now.handover() != Handover.NONE
				|| (now.primary() == null && System.nanoTime() - this.primarySeenAt < URGENT_FOR.toNanos());
	}

	@Override
	public void close() {
		List<ProbeLoop> all = new ArrayList<>(this.loops.values());
		synchronized (this.lock) {
			this.closed = true;
			this.lock.notifyAll();
		}
		all.forEach(ProbeLoop::stop);
		all.forEach((loop) -> loop.node().shutDown());
		this.closer.shutdown();
		this.alarms.shutdownNow();
	}

	private static Thread daemon(Runnable task, String name) {
		Thread thread = new Thread(task, name);
		thread.setDaemon(true);
		return thread;
	}

}
