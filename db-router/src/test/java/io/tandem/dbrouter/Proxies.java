package io.tandem.dbrouter;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.tandem.cluster.mysql.MySqlPair;
import io.tandem.cluster.network.MySqlProxy;
import org.awaitility.Awaitility;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A proxy before each node of a pair, to see what the application sends. What the probes
 * send is left out.
 */
final class Proxies implements AutoCloseable {

	private static final Duration DELAY = Duration.ofMillis(200);

	private final MySqlPair pair;

	private final Map<String, MySqlProxy> byNode = new LinkedHashMap<>();

	Proxies(MySqlPair pair) {
		this.pair = pair;
		MySqlPair.NODES.forEach((node) -> this.byNode.put(node, MySqlProxy.to(pair.node(node).port())));
	}

	MySqlProxy before(String node) {
		MySqlProxy proxy = this.byNode.get(node);
		if (proxy == null) {
			throw new IllegalArgumentException(node);
		}
		return proxy;
	}

	String url(String node) {
		return before(node).url(this.pair.node(node).jdbcUrl());
	}

	void reset() {
		this.byNode.values().forEach(MySqlProxy::reset);
	}

	/** What the application has sent to a node since the last reset. */
	List<String> sentTo(String node) {
		return before(node).traffic().texts().stream().filter((text) -> !isProbe(text)).toList();
	}

	/** What the application has sent to all nodes. */
	List<String> sent() {
		return this.byNode.keySet().stream().flatMap((node) -> sentTo(node).stream()).toList();
	}

	private static boolean isProbe(String text) {
		return text.contains("performance_schema") || text.contains("@@server_uuid");
	}

	/** Waits for what is sent off the caller's path. */
	List<String> settledAt(String node, int commands) {
		Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> sentTo(node).size() >= commands);
		return sentTo(node);
	}

	/** Waits until what is sent off the caller's path has come to its end. */
	void awaitLast(String node, String command) {
		Awaitility.await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> {
			List<String> sent = sentTo(node);
			assertThat(sent).isNotEmpty();
			assertThat(sent.get(sent.size() - 1)).isEqualTo(command);
		});
	}

	/**
	 * How many round trips a caller waits for, by the time it takes on a slow network.
	 * @param work what the caller does; done several times, for the first may connect,
	 * and a busy machine can make any of them longer
	 */
	long roundTripsOf(Runnable work) {
		work.run();
		return Math.min(roundTripsOnce(work), roundTripsOnce(work));
	}

	private long roundTripsOnce(Runnable work) {
		Stream<MySqlProxy> proxies = this.byNode.values().stream();
		proxies.forEach((proxy) -> proxy.delay(DELAY));
		try {
			long start = System.nanoTime();
			work.run();
			return Duration.ofNanos(System.nanoTime() - start).dividedBy(DELAY);
		}
		finally {
			this.byNode.values().forEach((proxy) -> proxy.delay(Duration.ZERO));
		}
	}

	@Override
	public void close() {
		this.byNode.values().forEach(MySqlProxy::close);
	}

}
