package io.tandem.gateway.balance;

import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class LeastConnectionsTests {

	private final TestPool pool = new TestPool(2, Algorithm.LEAST_CONNECTIONS);

	@Test
	void idleInstancesTakeTurnsByWeight() {
		pool.weights(2, 1);
		assertThat(pool.count(300)).containsEntry("a", 200).containsEntry("b", 100);
	}

	@Test
	void lessLoadedInstanceIsChosen() {
		List<Dispatch> held = pool.hold(10);
		held.stream().filter((dispatch) -> dispatch.instance().id().equals("a")).forEach(Dispatch::close);
		assertThat(pool.inFlight("a")).isZero();
		assertThat(pool.send(5)).isEqualTo("aaaaa");
	}

	@Test
	void loadIsDividedByWeight() {
		pool.weights(3, 1);
		pool.hold(40);
		assertThat(pool.inFlight("a")).isEqualTo(30);
		assertThat(pool.inFlight("b")).isEqualTo(10);
	}

	@Test
	void slowInstanceGetsLess() {
		int[] served = new int[2];
		Dispatch slow = null;
		for (int i = 0; i < 100; i++) {
			Dispatch dispatch = pool.begin(i);
			served[dispatch.instance().id().equals("a") ? 0 : 1]++;
			if (dispatch.instance().id().equals("a") && slow == null) {
				slow = dispatch;
			}
			else {
				dispatch.close();
			}
		}
		assertThat(served[0]).isEqualTo(1);
	}

	@Test
	void requestCountsUntilItsDispatchIsClosed() {
		Dispatch dispatch = pool.begin(0);
		String first = dispatch.instance().id();
		assertThat(pool.inFlight(first)).isEqualTo(1);
		assertThat(dispatch.failed(Failure.UNREACHABLE, true)).isTrue();
		assertThat(pool.inFlight(first)).isZero();
		assertThat(pool.inFlight(dispatch.instance().id())).isEqualTo(1);
		dispatch.close();
		dispatch.close();
		assertThat(pool.inFlight(dispatch.instance().id())).isZero();
	}

	@Test
	void nothingHappensAfterTheEnd() {
		Dispatch dispatch = pool.begin(0);
		dispatch.close();
		dispatch.answered(200);
		assertThat(dispatch.failed(Failure.UNREACHABLE, true)).isFalse();
		assertThat(pool.inFlight("a") + pool.inFlight("b")).isZero();
	}

	/**
	 * Clients leave at any moment while attempts fail and follow one another in other
	 * threads.
	 */
	@ParameterizedTest
	@EnumSource
	void nothingLeaksWhenClientsLeaveWhileAttemptsFail(Algorithm algorithm) {
		TestPool three = new TestPool(3, algorithm);
		try (ExecutorService executor = Executors.newFixedThreadPool(4)) {
			for (int i = 0; i < 20_000; i++) {
				Dispatch dispatch = three.begin(i);
				int seed = i;
				executor.execute(() -> progress(dispatch, new Random(seed)));
				if (i % 2 == 0) {
					executor.execute(dispatch::close);
				}
			}
		}
		assertThat(three.pool.status().instances()).allSatisfy((status) -> assertThat(status.inFlight()).isZero())
			.allSatisfy((status) -> assertThat(status.oldestMillis()).isNull());
	}

	private static void progress(Dispatch dispatch, Random random) {
		try (dispatch) {
			while (random.nextBoolean()) {
				dispatch.failed(Failure.UNREACHABLE, true);
			}
			if (random.nextBoolean()) {
				dispatch.answered(200);
			}
		}
	}

}
