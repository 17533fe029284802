package io.tandem.gateway.health;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

import io.tandem.gateway.balance.AttemptListener;
import io.tandem.gateway.balance.Failure;
import io.tandem.gateway.balance.Instance;
import io.tandem.gateway.balance.InstancePool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Combines health checks and failed requests into the rotation of the pool. Active checks
 * may empty the rotation; a failed request takes an instance out at once, but never the
 * last one: with nothing else to go to, that could only make matters worse.
 */
final class HealthBoard implements AttemptListener {

	private static final Logger logger = LoggerFactory.getLogger(HealthBoard.class);

	private final InstancePool pool;

	private final int rise;

	private final int fall;

	private volatile Map<Instance, InstanceHealth> states;

	private volatile Consumer<Instance> onEjection = (instance) -> {
	};

	HealthBoard(InstancePool pool, int rise, int fall) {
		this.pool = pool;
		this.rise = rise;
		this.fall = fall;
		Map<Instance, InstanceHealth> initial = new LinkedHashMap<>();
		pool.all().forEach((instance) -> initial.put(instance, InstanceHealth.UNKNOWN));
		this.states = Collections.unmodifiableMap(initial);
	}

	void onEjection(Consumer<Instance> listener) {
		onEjection = listener;
	}

	synchronized void checked(Instance instance, CheckResult result) {
		update(instance, health(instance).checked(result, rise, fall));
	}

	@Override
	public void failed(Instance instance, Failure failure) {
		// Without the lock for the many requests that fail together when an instance
		// dies.
		if (failure.suspicious() && health(instance).inRotation() && eject(instance, failure)) {
			onEjection.accept(instance);
		}
	}

	private synchronized boolean eject(Instance instance, Failure failure) {
		if (!health(instance).inRotation()
				|| states.values().stream().filter(InstanceHealth::inRotation).count() == 1) {
			return false;
		}
		update(instance, health(instance).ejected("a request found it " + failure.reason()));
		return true;
	}

	private void update(Instance instance, InstanceHealth next) {
		InstanceHealth previous = health(instance);
		if (next.equals(previous)) {
			return;
		}
		Map<Instance, InstanceHealth> changed = new LinkedHashMap<>(states);
		changed.put(instance, next);
		states = Collections.unmodifiableMap(changed);
		if (next.state() != previous.state()) {
			List<Instance> rotation = pool.all().stream().filter(this::isInRotation).toList();
			pool.rotate(rotation);
			logger.info("{} is {}: {} (in rotation: {})", instance, next.state(), next.reason(), rotation);
		}
	}

	/** What is believed of every instance at one moment. */
	Map<Instance, InstanceHealth> states() {
		return states;
	}

	InstanceHealth health(Instance instance) {
		return Objects.requireNonNull(states.get(instance), "instance of another pool");
	}

	/** Whether the state of every instance is known. */
	boolean isComplete() {
		return states.values().stream().noneMatch((health) -> health.state() == InstanceHealth.State.UNKNOWN);
	}

	boolean isInRotation(Instance instance) {
		return health(instance).inRotation();
	}

}
