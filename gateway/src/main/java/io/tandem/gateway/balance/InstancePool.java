package io.tandem.gateway.balance;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

/**
 * All instances of the service and who of them takes requests. Every change is effective
 * with the next pick.
 */
public final class InstancePool {

	private final List<MembershipListener> listeners = new CopyOnWriteArrayList<>();

	private final SlowStart slowStart;

	private final LongSupplier nanoTime;

	private final FailBack failBack;

	private final boolean stickySessions;

	/** Replaced as a whole, under the lock. */
	private volatile Map<Instance, Member> members;

	private Algorithm algorithm;

	private volatile Rotation rotation;

	/** Creates a pool with every instance in rotation. */
	public InstancePool(List<Instance> all) {
		this(all, BalanceOptions.DEFAULT, System::nanoTime);
	}

	/**
	 * Creates a pool with every instance in rotation that is configured as ready.
	 * @param all the instances; none if they are still to be found
	 * @param nanoTime the clock of slow start and of ages
	 */
	public InstancePool(List<Instance> all, BalanceOptions options, LongSupplier nanoTime) {
		Map<Instance, Member> initial = new LinkedHashMap<>();
		all.forEach((instance) -> initial.put(instance, new Member(instance)));
		this.members = Collections.unmodifiableMap(initial);
		this.slowStart = new SlowStart(options.slowStart());
		this.nanoTime = nanoTime;
		this.failBack = options.failBack();
		this.stickySessions = options.stickySessions();
		this.algorithm = options.algorithm();
		this.rotation = draw(null);
	}

	/** Adds a listener for instances that come and go from now on. */
	public void listen(MembershipListener listener) {
		listeners.add(listener);
	}

	/** Adds an instance, which takes no requests before it is made available. */
	public void join(Instance instance) {
		synchronized (this) {
			if (members.containsKey(instance)) {
				return;
			}
			Member member = new Member(instance);
			member.condition(member.condition().down("not checked yet"));
			Map<Instance, Member> more = new LinkedHashMap<>(members);
			more.put(instance, member);
			members = Collections.unmodifiableMap(more);
			rotation = draw(rotation);
		}
		listeners.forEach((listener) -> listener.joined(instance));
	}

	/** Takes an instance out for good; requests under way there come to their end. */
	public void leave(Instance instance) {
		synchronized (this) {
			if (!members.containsKey(instance)) {
				return;
			}
			Map<Instance, Member> fewer = new LinkedHashMap<>(members);
			fewer.remove(instance);
			members = Collections.unmodifiableMap(fewer);
			rotation = draw(rotation);
		}
		listeners.forEach((listener) -> listener.left(instance));
	}

	public List<Instance> all() {
		return List.copyOf(members.keySet());
	}

	/** The instances that take requests; none when no healthy one may. */
	public List<Instance> rotation() {
		Rotation now = current();
		return members.values().stream().filter(now::isInRotation).map(Member::instance).toList();
	}

	public boolean isInRotation(Instance instance) {
		return rotation.isInRotation(member(instance));
	}

	/** Whether requests could go on without this instance. */
	public boolean hasHealthyOtherThan(Instance instance) {
		return rotation.hasHealthyOtherThan(member(instance));
	}

	public int inFlight(Instance instance) {
		return member(instance).inFlight();
	}

	/** Whether no healthy instance is left, so that all are tried. */
	public boolean isInPanic() {
		Rotation.Group serving = rotation.serving();
		return serving == null || !serving.tier().isHealthy();
	}

	public synchronized void algorithm(Algorithm algorithm) {
		this.algorithm = algorithm;
		rotation = draw(rotation);
	}

	/** Replaces what the operator has set for an instance. */
	public void order(Instance instance, Orders orders) {
		change(instance, (condition) -> condition.with(orders));
	}

	/** Replaces what an instance says of itself. */
	public void announced(Instance instance, Announcement announcement) {
		if (!member(instance).condition().announcement().equals(announcement)) {
			change(instance, (condition) -> condition.with(announcement));
		}
	}

	/**
	 * Brings an instance back.
	 * @param cold whether it was really down, so that it needs a slow start
	 */
	public void available(Instance instance, boolean cold) {
		Long ramp = (cold && slowStart.isOn()) ? (Long) nanoTime.getAsLong() : null;
		change(instance, (condition) -> condition.up(ramp));
	}

	/** Takes an instance out because it does not work. */
	public void unavailable(Instance instance, String reason) {
		change(instance, (condition) -> condition.down(reason));
	}

	/** Gives the requests back to the active instances that returned. */
	public synchronized void failBack() {
		Rotation now = rotation;
		rotation = draw(new Rotation(now.algorithm(), List.of(), Map.of(), List.of(), false, null));
	}

	private synchronized void change(Instance instance, UnaryOperator<Condition> change) {
		Member member = members.get(instance);
		if (member != null) {
			member.condition(change.apply(member.condition()));
			rotation = draw(rotation);
		}
	}

	private Rotation draw(@Nullable Rotation previous) {
		long now = nanoTime.getAsLong();
		for (Member member : members.values()) {
			Long since = member.condition().rampingSince();
			if (since != null && slowStart.isOver(now - since)) {
				member.condition(member.condition().ramped());
			}
		}
		return new RotationPlan(algorithm, failBack, slowStart, now).draw(List.copyOf(members.values()), previous);
	}

	/** The rotation for the next pick. */
	Rotation current() {
		Rotation now = rotation;
		return isExpired(now) ? renewed() : now;
	}

	private synchronized Rotation renewed() {
		if (isExpired(rotation)) {
			rotation = draw(rotation);
		}
		return rotation;
	}

	private boolean isExpired(Rotation now) {
		Long expires = now.expires();
		return expires != null && nanoTime.getAsLong() - expires >= 0;
	}

	long now() {
		return nanoTime.getAsLong();
	}

	/** Its member; one in no rotation if the instance has left. */
	Member member(Instance instance) {
		Member member = members.get(instance);
		return (member != null) ? member : new Member(instance);
	}

	/** The instance of this name, or null. */
	public @Nullable Instance find(String id) {
		return members.keySet().stream().filter((instance) -> instance.id().equals(id)).findFirst().orElse(null);
	}

	public BalanceStatus status() {
		Rotation now = current();
		Rotation.Group serving = now.serving();
		List<InstanceStatus> instances = new ArrayList<>();
		for (Member member : members.values()) {
			instances.add(status(member, now));
		}
		return new BalanceStatus(now.algorithm(), failBack, (serving != null) ? serving.tier().text() : null,
				instances);
	}

	public InstanceStatus status(Instance instance) {
		return status(member(instance), current());
	}

	private InstanceStatus status(Member member, Rotation now) {
		Condition condition = member.condition();
		Long oldest = member.attempts().oldestSince();
		return new InstanceStatus(member.instance().id(), member.instance().uri().toString(), condition.weight(),
				share(member, now.serving()), condition.state().text(), condition.available(), now.isInRotation(member),
				now.waiting().get(member), takesNew(member, now), condition.rampingSince() != null, member.inFlight(),
				(oldest != null) ? (Long) ((nanoTime.getAsLong() - oldest) / 1_000_000) : null, member.picks(),
				condition.orders().names(), condition.announcement());
	}

	private boolean takesNew(Member member, Rotation now) {
		Rotation.Group serving = now.serving();
		return (serving != null && serving.candidates().contains(member))
				|| (stickySessions && now.kept().contains(member));
	}

	private static double share(Member member, Rotation.@Nullable Group serving) {
		int index = (serving != null) ? serving.candidates().indexOf(member) : -1;
		if (serving == null || index == -1) {
			return 0;
		}
		return Math.round(1000.0 * serving.candidates().weight(index) / serving.candidates().totalWeight()) / 10.0;
	}

}
