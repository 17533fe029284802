package io.tandem.gateway.management;

import java.util.stream.Collectors;

import io.tandem.gateway.balance.BalanceStatus;
import io.tandem.gateway.balance.Instance;
import io.tandem.gateway.balance.InstancePool;
import io.tandem.gateway.health.HealthBoard;
import org.jspecify.annotations.Nullable;

/**
 * Puts together what pool and health checks know.
 */
final class BalancerViews {

	private final InstancePool pool;

	private final HealthBoard health;

	private final String node;

	private final boolean changeable;

	BalancerViews(InstancePool pool, HealthBoard health, String node, boolean changeable) {
		this.pool = pool;
		this.health = health;
		this.node = node;
		this.changeable = changeable;
	}

	BalancerView all() {
		BalanceStatus status = pool.status();
		return new BalancerView(node, status.algorithm().text(), status.failBack().text(), status.tier(), changeable,
				pool.all().stream().map(this::of).toList());
	}

	BalancerView.InstanceView of(Instance instance) {
		return new BalancerView.InstanceView(pool.status(instance), health.report(instance));
	}

	DrainView drain(Instance instance) {
		return DrainView.of(pool.status(instance), node);
	}

	@Nullable Instance find(String id) {
		return pool.find(id);
	}

	String names() {
		return pool.all().stream().map(Instance::id).collect(Collectors.joining(", "));
	}

}
