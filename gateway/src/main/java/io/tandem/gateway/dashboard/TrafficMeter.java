package io.tandem.gateway.dashboard;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

import io.tandem.gateway.balance.AttemptListener;
import io.tandem.gateway.balance.Failure;
import io.tandem.gateway.balance.Instance;
import io.tandem.gateway.balance.InstancePool;
import io.tandem.gateway.balance.InstanceStatus;
import io.tandem.gateway.balance.MembershipListener;

/**
 * Counts what this gateway forwards, and what it refuses because nobody serves. All that
 * the dashboard adds to the way of a request: two increments.
 */
final class TrafficMeter implements AttemptListener, MembershipListener {

	private static final int FIRST_SERVER_ERROR = 500;

	private final String node;

	private final InstancePool pool;

	private final Map<Instance, Tally> tallies = new ConcurrentHashMap<>();

	private final LongAdder refused = new LongAdder();

	private final LatencyHistogram latency = new LatencyHistogram();

	TrafficMeter(String node, InstancePool pool) {
		this.node = node;
		this.pool = pool;
		pool.all().forEach(this::joined);
	}

	@Override
	public void joined(Instance instance) {
		tallies.put(instance, Tally.none());
	}

	@Override
	public void left(Instance instance) {
		tallies.remove(instance);
	}

	@Override
	public void answered(Instance instance, int status, long nanos) {
		latency.record(nanos);
		ended(instance, status >= FIRST_SERVER_ERROR, 1);
	}

	@Override
	public void failed(Instance instance, Failure failure) {
		ended(instance, true, 1);
	}

	/** The client sees nothing of a failure that is repeated. */
	@Override
	public void retried(Instance instance, Failure failure) {
		ended(instance, true, -1);
	}

	@Override
	public void noInstance() {
		refused.increment();
	}

	private void ended(Instance instance, boolean error, int count) {
		Tally tally = tallies.get(instance);
		if (tally != null) {
			tally.requests.add(count);
			if (error) {
				tally.errors.add(count);
			}
		}
	}

	TrafficReport report() {
		List<TrafficReport.Instance> instances = pool.all().stream().map(this::report).toList();
		return new TrafficReport(node, System.nanoTime() / 1_000_000, instances, refused.sum(), latency.counts());
	}

	private TrafficReport.Instance report(Instance instance) {
		InstanceStatus status = pool.status(instance);
		Tally tally = tallies.getOrDefault(instance, Tally.none());
		return new TrafficReport.Instance(instance.id(), tally.requests.sum(), tally.errors.sum(), status.takesNew(),
				status.inFlight(), status.oldestMillis(), status.inRotation());
	}

	private record Tally(LongAdder requests, LongAdder errors) {

		static Tally none() {
			return new Tally(new LongAdder(), new LongAdder());
		}

	}

}
