package io.tandem.dbrouter.topology;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Adds and removes nodes as a provider says, on a daemon thread.
 */
public final class TopologyFollower implements AutoCloseable {

	private static final Log logger = LogFactory.getLog(TopologyFollower.class);

	private final TopologyProvider provider;

	private final TopologyMonitor monitor;

	private final Duration refresh;

	private final CountDownLatch first = new CountDownLatch(1);

	private final Thread thread = new Thread(this::run, "db-router-topology");

	private String lastError = "";

	/**
	 * Creates a follower that does nothing before {@link #start()}.
	 * @param provider knows the nodes
	 * @param monitor watches them
	 * @param refresh the time between two questions
	 */
	public TopologyFollower(TopologyProvider provider, TopologyMonitor monitor, Duration refresh) {
		this.provider = provider;
		this.monitor = monitor;
		this.refresh = refresh;
		this.thread.setDaemon(true);
	}

	/**
	 * Starts and waits for the first answer and the first look at its nodes, for two
	 * seconds at most.
	 */
	public void start() {
		this.thread.start();
		try {
			if (this.first.await(1, TimeUnit.SECONDS)) {
				this.monitor.awaitFirstLooks(Duration.ofSeconds(1));
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void run() {
		try {
			while (true) {
				follow();
				this.first.countDown();
				Thread.sleep(this.refresh.toMillis());
			}
		}
		catch (InterruptedException ex) {
			logger.debug("The provider of the nodes is asked no more");
		}
	}

	private void follow() throws InterruptedException {
		try {
			apply(this.provider.nodes());
			this.lastError = "";
		}
		catch (InterruptedException ex) {
			throw ex;
		}
		catch (Exception ex) {
			String error = SqlErrors.oneLine(ex);
			if (!error.equals(this.lastError)) {
				logger.warn("The nodes stay as they are, their provider failed: " + error);
				this.lastError = error;
			}
		}
	}

	private void apply(Map<String, NodeUrl> wanted) {
		if (wanted.isEmpty()) {
			return;
		}
		// The new ones first: at no moment is there no node.
		wanted.forEach((name, url) -> {
			Node present = this.monitor.node(name);
			if (present != null && !present.url().server().equals(url.server())) {
				this.monitor.remove(name);
			}
			this.monitor.add(name, url, 1);
		});
		for (Node node : this.monitor.nodes()) {
			if (!wanted.containsKey(node.name())) {
				this.monitor.remove(node.name());
			}
		}
	}

	@Override
	public void close() {
		this.thread.interrupt();
	}

}
