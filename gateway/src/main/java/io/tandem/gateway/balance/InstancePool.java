package io.tandem.gateway.balance;

import java.util.Collection;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * All instances of the service and those of them in rotation.
 */
public final class InstancePool {

	private final List<Instance> all;

	private final InstanceSelector selector;

	private volatile List<Instance> rotation;

	/**
	 * Creates a pool with every instance in rotation.
	 * @param all the instances, at least one
	 * @param selector chooses among those in rotation
	 */
	public InstancePool(List<Instance> all, InstanceSelector selector) {
		if (all.isEmpty()) {
			throw new IllegalArgumentException("A pool needs at least one instance");
		}
		this.all = List.copyOf(all);
		this.selector = selector;
		this.rotation = this.all;
	}

	public List<Instance> all() {
		return all;
	}

	public List<Instance> rotation() {
		return rotation;
	}

	/**
	 * Replaces the rotation as a whole, so that no request sees a part of a change.
	 * @param healthy the instances that take requests from now on; empty when none is
	 * healthy
	 */
	public void rotate(List<Instance> healthy) {
		rotation = List.copyOf(healthy);
	}

	/**
	 * Chooses an instance for a request. If none in rotation is left, those out of
	 * rotation are tried too: health checks can be wrong, an error page never helps.
	 */
	@Nullable Instance pick(Collection<Instance> tried) {
		Instance healthy = pickHealthy(tried);
		return (healthy != null) ? healthy : select(without(all, tried));
	}

	@Nullable Instance pickHealthy(Collection<Instance> tried) {
		List<Instance> candidates = rotation;
		return select(tried.isEmpty() ? candidates : without(candidates, tried));
	}

	boolean hasHealthyOtherThan(Instance instance) {
		List<Instance> candidates = rotation;
		return candidates.size() > 1 || (candidates.size() == 1 && !candidates.getFirst().equals(instance));
	}

	private @Nullable Instance select(List<Instance> candidates) {
		return candidates.isEmpty() ? null : selector.select(candidates);
	}

	private static List<Instance> without(List<Instance> instances, Collection<Instance> tried) {
		return instances.stream().filter((instance) -> !tried.contains(instance)).toList();
	}

}
