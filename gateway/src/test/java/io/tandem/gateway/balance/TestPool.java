package io.tandem.gateway.balance;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

/**
 * A pool of instances a, b, c, ... with a clock that stands still, and requests to it.
 */
final class TestPool {

	final AtomicLong clock = new AtomicLong(5_000_000_000L);

	final List<Instance> instances;

	final InstancePool pool;

	final Balancer balancer;

	TestPool(int size) {
		this(size, BalanceOptions.DEFAULT, null);
	}

	TestPool(int size, Algorithm algorithm) {
		this(size, new BalanceOptions(algorithm, FailBack.AUTOMATIC, Duration.ZERO, false), null);
	}

	TestPool(int size, BalanceOptions options, @Nullable String stickySecret) {
		this.instances = instances(size);
		this.pool = new InstancePool(instances, options, clock::get);
		this.balancer = new Balancer(pool, List.of(), new RetryBudget(20, 10), stickySecret);
	}

	static List<Instance> instances(int size) {
		return IntStream.range(0, size)
			.mapToObj((i) -> new Instance(String.valueOf((char) ('a' + i)),
					URI.create("http://127.0.0.1:" + (8101 + i)), URI.create("http://127.0.0.1:" + (9101 + i))))
			.toList();
	}

	Instance instance(String id) {
		Instance instance = pool.find(id);
		if (instance == null) {
			throw new IllegalArgumentException(id);
		}
		return instance;
	}

	void weights(int... weights) {
		for (int i = 0; i < weights.length; i++) {
			pool.order(instances.get(i), new Orders(weights[i], null));
		}
	}

	void state(String id, AdminState state) {
		pool.order(instance(id), new Orders(null, state));
	}

	void advance(Duration time) {
		clock.addAndGet(time.toNanos());
	}

	static Request request(long client) {
		return new Request("GET", "/", client, null, true);
	}

	Dispatch begin(long client) {
		Dispatch dispatch = balancer.dispatch(request(client));
		if (dispatch == null) {
			throw new IllegalStateException("nobody may serve");
		}
		return dispatch;
	}

	/** Sends a request that is answered at once. */
	String send(long client) {
		try (Dispatch dispatch = begin(client)) {
			dispatch.answered(200);
			return dispatch.instance().id();
		}
	}

	/** The instances of this many requests, one after the other. */
	String send(int requests) {
		StringBuilder served = new StringBuilder();
		for (int i = 0; i < requests; i++) {
			served.append(send((long) i));
		}
		return served.toString();
	}

	/** How many of this many requests from different clients each instance served. */
	Map<String, Integer> count(int requests) {
		Map<String, Integer> counts = new TreeMap<>();
		for (int i = 0; i < requests; i++) {
			counts.merge(send(ClientKey.mix(i)), 1, Integer::sum);
		}
		return counts;
	}

	/** The same for requests that stay in flight. */
	List<Dispatch> hold(int requests) {
		List<Dispatch> held = new ArrayList<>();
		for (int i = 0; i < requests; i++) {
			held.add(begin(ClientKey.mix(i)));
		}
		return held;
	}

	int inFlight(String id) {
		return pool.inFlight(instance(id));
	}

}
