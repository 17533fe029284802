package io.tandem.gateway.health;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

import io.tandem.gateway.balance.AttemptListener;
import io.tandem.gateway.balance.Failure;
import io.tandem.gateway.balance.Instance;
import io.tandem.gateway.balance.InstancePool;
import io.tandem.gateway.balance.MembershipListener;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Combines health checks and failed requests into what the pool knows of its instances.
 * Active checks may take out the last one; failed requests take an instance out at once,
 * but never the last one: with nothing else to go to, that could only make matters worse.
 */
public final class HealthBoard implements AttemptListener, MembershipListener {

	private static final Logger logger = LoggerFactory.getLogger(HealthBoard.class);

	/** Instances of which each answered an error that lately have the same trouble. */
	private static final Duration LATELY = Duration.ofSeconds(5);

	private final InstancePool pool;

	private final int rise;

	private final int fall;

	private final EjectionProperties ejection;

	private final LongSupplier nanoTime;

	private final Map<Instance, FailureStreaks> streaks = new ConcurrentHashMap<>();

	private final Map<Instance, Ejections> ejections = new ConcurrentHashMap<>();

	private volatile Map<Instance, InstanceHealth> states;

	private volatile Consumer<Instance> onEjection = (instance) -> {
	};

	private volatile HealthListener onChange = (instance, up, reason) -> {
	};

	HealthBoard(InstancePool pool, int rise, int fall, EjectionProperties ejection, LongSupplier nanoTime) {
		this.pool = pool;
		this.rise = rise;
		this.fall = fall;
		this.ejection = ejection;
		this.nanoTime = nanoTime;
		Map<Instance, InstanceHealth> initial = new LinkedHashMap<>();
		for (Instance instance : pool.all()) {
			initial.put(instance, InstanceHealth.UNKNOWN);
			streaks.put(instance, new FailureStreaks());
			ejections.put(instance, Ejections.NONE);
		}
		this.states = Collections.unmodifiableMap(initial);
	}

	@Override
	public synchronized void joined(Instance instance) {
		streaks.put(instance, new FailureStreaks());
		ejections.put(instance, Ejections.NONE);
		Map<Instance, InstanceHealth> more = new LinkedHashMap<>(states);
		more.put(instance, InstanceHealth.NEW);
		states = Collections.unmodifiableMap(more);
		logger.info("{} is new at {}", instance, instance.uri());
	}

	@Override
	public synchronized void left(Instance instance) {
		Map<Instance, InstanceHealth> fewer = new LinkedHashMap<>(states);
		fewer.remove(instance);
		states = Collections.unmodifiableMap(fewer);
		streaks.remove(instance);
		ejections.remove(instance);
		logger.info("{} has left (in rotation: {})", instance, pool.rotation());
	}

	/** Whether the instance has not left. */
	boolean knows(Instance instance) {
		return states.containsKey(instance);
	}

	void onEjection(Consumer<Instance> listener) {
		onEjection = listener;
	}

	/** Called after each change of an instance's state; must be quick. */
	public void onChange(HealthListener listener) {
		onChange = listener;
	}

	synchronized void checked(Instance instance, CheckResult result) {
		if (result.announcement() != null) {
			pool.announced(instance, result.announcement());
		}
		boolean ejected = !ejections(instance).isOver(nanoTime.getAsLong());
		update(instance, health(instance).checked(result, rise, fall, ejected));
	}

	@Override
	public void answered(Instance instance, int status, long nanos) {
		if (streaks(instance).answered(status, ejection, nanoTime) && othersAnswer(instance)) {
			eject(instance, ejection.errorAnswers() + " answers in a row were errors, the last one " + status);
		}
	}

	/**
	 * Whether it is this instance that answers errors, not the database behind all of
	 * them. While a primary is missing, reads succeed between the writes that do not, so
	 * that one good answer of another instance proves nothing.
	 */
	private boolean othersAnswer(Instance instance) {
		long since = nanoTime.getAsLong() - LATELY.toNanos();
		return pool.all()
			.stream()
			.anyMatch((other) -> !other.equals(instance) && pool.isInRotation(other)
					&& !streaks(other).hasErrorAnswerSince(since));
	}

	@Override
	public void failed(Instance instance, Failure failure) {
		if (streaks(instance).failed(failure, ejection)) {
			eject(instance, "a request found it " + failure.reason());
		}
	}

	private void eject(Instance instance, String why) {
		// Without the lock for the many requests that fail together when an instance
		// dies.
		if (health(instance).inRotation() && ejectLocked(instance, why)) {
			onEjection.accept(instance);
		}
	}

	private synchronized boolean ejectLocked(Instance instance, String why) {
		if (!health(instance).inRotation() || !pool.hasHealthyOtherThan(instance)) {
			return false;
		}
		ejections.put(instance, ejections(instance).next(nanoTime.getAsLong(), ejection));
		streaks(instance).reset();
		update(instance, health(instance).ejected(why));
		return true;
	}

	private void update(Instance instance, InstanceHealth next) {
		InstanceHealth previous = health(instance);
		if (!knows(instance) || next.equals(previous)) {
			return;
		}
		Map<Instance, InstanceHealth> changed = new LinkedHashMap<>(states);
		changed.put(instance, next);
		states = Collections.unmodifiableMap(changed);
		if (next.inRotation() != previous.inRotation()) {
			if (next.inRotation()) {
				pool.available(instance, previous.cold());
			}
			else {
				pool.unavailable(instance, next.reason());
			}
		}
		if (next.state() != previous.state()) {
			logger.info("{} is {}: {} (in rotation: {})", instance, next.state(), next.reason(), pool.rotation());
			onChange.changed(instance, next.inRotation(), next.reason());
		}
	}

	/** What is believed of every instance at one moment. */
	Map<Instance, InstanceHealth> states() {
		return states;
	}

	public synchronized HealthReport report(Instance instance) {
		long now = nanoTime.getAsLong();
		InstanceHealth health = health(instance);
		Ejections itsEjections = ejections(instance);
		boolean ejected = !health.inRotation() && !health.cold() && !itsEjections.isOver(now);
		@Nullable Long remaining = ejected ? (Long) ((itsEjections.until() - now) / 1_000_000) : null;
		return new HealthReport(health.state().name(), health.reason(), itsEjections.total(),
				itsEjections.recent(now, ejection), remaining);
	}

	InstanceHealth health(Instance instance) {
		return states.getOrDefault(instance, InstanceHealth.GONE);
	}

	private FailureStreaks streaks(Instance instance) {
		// On the way of each request: makes nothing for an instance that is there.
		FailureStreaks known = streaks.get(instance);
		return (known != null) ? known : new FailureStreaks();
	}

	private Ejections ejections(Instance instance) {
		return ejections.getOrDefault(instance, Ejections.NONE);
	}

	/** Whether the state of every instance is known. */
	boolean isComplete() {
		return states.values().stream().noneMatch((health) -> health.state() == InstanceHealth.State.UNKNOWN);
	}

}
