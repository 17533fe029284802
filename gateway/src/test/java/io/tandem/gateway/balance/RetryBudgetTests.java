package io.tandem.gateway.balance;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RetryBudgetTests {

	private static final long SECOND = 1_000_000_000L;

	private final RetryBudget budget = new RetryBudget(20, 1);

	@Test
	void fewRetriesAreAlwaysAllowed() {
		assertThat(retries(100, 0)).isEqualTo(10);
	}

	@Test
	void manyRequestsAllowAFifthOfThem() {
		requests(1000, 0);
		assertThat(retries(1000, 0)).isEqualTo(200);
	}

	@Test
	void budgetCountsTheLastTenSeconds() {
		requests(1000, 0);
		assertThat(retries(1000, 5 * SECOND)).isEqualTo(200);
		assertThat(retries(1000, 9 * SECOND)).isZero();
		assertThat(retries(1000, 11 * SECOND)).isZero();
		assertThat(retries(1000, 15 * SECOND)).isEqualTo(10);
	}

	@Test
	void clockMayBeNegative() {
		requests(100, -SECOND);
		assertThat(retries(100, 0)).isEqualTo(20);
	}

	@Test
	void retryOfWhatMayHaveBeenExecutedNeedsBudgetAndAnythingElseDoesNot() {
		List<String> refused = new ArrayList<>();
		InstancePool pool = new InstancePool(TestPool.instances(2));
		Balancer balancer = new Balancer(pool, List.of(new AttemptListener() {

			@Override
			public void retryRefused(Instance instance) {
				refused.add(instance.id());
			}

		}), new RetryBudget(0, 0), null);
		Dispatch dispatch = Objects.requireNonNull(balancer.dispatch(TestPool.request(0)));
		assertThat(dispatch.failed(Failure.BROKEN, true)).isFalse();
		assertThat(refused).containsExactly("a");
		dispatch = Objects.requireNonNull(balancer.dispatch(TestPool.request(0)));
		assertThat(dispatch.failed(Failure.UNREACHABLE, true)).isTrue();
	}

	private void requests(int count, long now) {
		for (int i = 0; i < count; i++) {
			budget.request(now);
		}
	}

	private int retries(int wanted, long now) {
		int allowed = 0;
		for (int i = 0; i < wanted; i++) {
			allowed += budget.tryRetry(now) ? 1 : 0;
		}
		return allowed;
	}

}
