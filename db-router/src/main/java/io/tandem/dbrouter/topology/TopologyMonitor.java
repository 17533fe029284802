package io.tandem.dbrouter.topology;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Keeps the topology up to date: one probe and one daemon thread per node.
 */
public final class TopologyMonitor implements AutoCloseable {

	private static final Log logger = LogFactory.getLog(TopologyMonitor.class);

	private static final Duration FIRST_ROUND_MARGIN = Duration.ofMillis(250);

	/** How many times as often nodes are looked at while there is no primary. */
	private static final int URGENT = 10;

	private static final Duration URGENT_FOR = Duration.ofMinutes(1);

	private final Map<String, Watch> watches = new LinkedHashMap<>();

	private final NodeSettings settings;

	private final TopologyEvaluator evaluator;

	private final List<TopologyListener> listeners = new CopyOnWriteArrayList<>();

	private final CountDownLatch firstRound;

	private final ExecutorService closer = Executors.newCachedThreadPool((task) -> daemon(task, "db-router-close"));

	private final Object lock = new Object();

	private volatile Topology topology;

	private volatile long primarySeenAt = System.nanoTime();

	private volatile boolean closed;

	/**
	 * Creates a monitor that does nothing before {@link #start()}.
	 * @param nodes the nodes
	 * @param settings how often to look and how long to wait
	 */
	public TopologyMonitor(List<Node> nodes, NodeSettings settings) {
		this.settings = settings;
		List<String> names = nodes.stream().map(Node::name).toList();
		nodes.forEach((node) -> this.watches.put(node.name(), new Watch(node)));
		this.evaluator = new TopologyEvaluator(names, EvaluationRules.of(settings));
		this.topology = Topology.unknown(names);
		this.firstRound = new CountDownLatch(nodes.size());
	}

	/**
	 * Starts the probes and waits until each node was looked at once, at most for the
	 * time a look may take.
	 */
	public void start() {
		this.watches.values().forEach((watch) -> daemon(watch, "db-router-probe-" + watch.node.name()).start());
		Duration longest = this.settings.connectTimeout().plus(FIRST_ROUND_MARGIN);
		try {
			if (!this.firstRound.await(longest.toMillis(), TimeUnit.MILLISECONDS)) {
				logger.debug("Not every node was probed within " + longest);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
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
		probeNow(node.name());
	}

	/**
	 * Looks at all nodes now: the roles may have changed.
	 */
	public void probeAll() {
		this.watches.keySet().forEach(this::probeNow);
	}

	private void probeNow(String name) {
		Watch watch = this.watches.get(name);
		if (watch != null) {
			watch.wakeUp.release();
		}
	}

	private void accept(Node node, ProbeResult result) {
		synchronized (this.lock) {
			if (this.closed) {
				return;
			}
			if (result.observation() != null) {
				// Before the topology says so: whoever reads it may use the pool.
				node.open();
				node.observed(result.observation());
			}
			Topology before = this.topology;
			Topology after = this.evaluator.accept(node.name(), result);
			after.nodes().forEach(this::evaluated);
			this.topology = after;
			if (after.primary() != null) {
				this.primarySeenAt = System.nanoTime();
			}
			if (after.node(node.name()).filter((status) -> status.state() == NodeState.DOWN).isPresent()) {
				node.close(this.closer);
			}
			else if (result.outcome() == ProbeResult.Outcome.MISSED) {
				// Whoever has a choice tries others until it is certain.
				node.suspect();
			}
			else if (result.observation() != null) {
				node.trust(result.startedAt());
			}
			if (!after.equals(before)) {
				TopologyLog.changed(before, after);
				this.listeners.forEach((listener) -> tell(listener, after));
			}
		}
	}

	private void evaluated(NodeStatus status) {
		Watch watch = this.watches.get(status.name());
		if (watch != null) {
			watch.node.evaluated(status.state().isRoutable(), this.evaluator.lag(status.name()));
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

	@Override
	public void close() {
		List<Watch> all = new ArrayList<>(this.watches.values());
		synchronized (this.lock) {
			this.closed = true;
		}
		all.forEach((watch) -> watch.wakeUp.release());
		all.forEach((watch) -> watch.probe.close());
		all.forEach((watch) -> watch.node.shutDown());
		this.closer.shutdown();
	}

	/** How long to wait before the next look at a node. */
	private Duration pause(boolean missed) {
		if (missed) {
			return Duration.ZERO;
		}
		Duration interval = this.settings.probeInterval();
		return isUrgent() ? interval.dividedBy(URGENT) : interval;
	}

	/** Somebody waits for a primary: a promotion shall not go unnoticed for long. */
	private boolean isUrgent() {
		Topology now = this.topology;
		return now.handover() != Handover.NONE
				|| (now.primary() == null && System.nanoTime() - this.primarySeenAt < URGENT_FOR.toNanos());
	}

	private static Thread daemon(Runnable task, String name) {
		Thread thread = new Thread(task, name);
		thread.setDaemon(true);
		return thread;
	}

	private final class Watch implements Runnable {

		private final Node node;

		private final NodeProbe probe;

		private final Semaphore wakeUp = new Semaphore(0);

		/** Whether the last answer, and only that, did not come. */
		private boolean missed;

		private Watch(Node node) {
			this.node = node;
			this.probe = new NodeProbe(node);
		}

		@Override
		public void run() {
			try {
				look();
				TopologyMonitor.this.firstRound.countDown();
				while (!TopologyMonitor.this.closed) {
					this.wakeUp.tryAcquire(TopologyMonitor.this.pause(this.missed).toMillis(), TimeUnit.MILLISECONDS);
					this.wakeUp.drainPermits();
					look();
				}
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			finally {
				this.probe.close();
			}
		}

		private void look() {
			if (TopologyMonitor.this.closed) {
				return;
			}
			try {
				ProbeResult result = this.probe.probe();
				this.missed = result.outcome() == ProbeResult.Outcome.MISSED && !this.missed;
				accept(this.node, result);
			}
			catch (RuntimeException ex) {
				logger.error("The probe of " + this.node + " failed; it goes on", ex);
			}
		}

	}

}
