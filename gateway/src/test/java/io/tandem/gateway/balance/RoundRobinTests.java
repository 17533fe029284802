package io.tandem.gateway.balance;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class RoundRobinTests {

	@Test
	void equalInstancesTakeTurns() {
		assertThat(new TestPool(3).send(7)).isEqualTo("abcabca");
	}

	@Test
	void weightsAreSpreadEvenly() {
		TestPool pool = new TestPool(3);
		pool.weights(5, 1, 1);
		assertThat(pool.send(14)).isEqualTo("aabacaa".repeat(2));
	}

	@Test
	void weightCountsFromTheNextPickOn() {
		TestPool pool = new TestPool(2);
		pool.send(1);
		pool.weights(1, 0);
		assertThat(pool.send(5)).isEqualTo("aaaaa");
		pool.weights(0, 1);
		assertThat(pool.send(5)).isEqualTo("bbbbb");
	}

	@Test
	void changeOfWeightIsNoBurst() {
		TestPool pool = new TestPool(2);
		assertThat(pool.send(1)).isEqualTo("a");
		pool.weights(2, 1);
		assertThat(pool.send(6)).isEqualTo("baabaa");
	}

	/**
	 * However often weights change, nobody gets more than a turn or two beyond what its
	 * weights have earned it.
	 */
	@RepeatedTest(20)
	void sharesFollowTheWeightsThroughManyChanges(RepetitionInfo repetition) {
		Random random = new Random(repetition.getCurrentRepetition());
		TestPool pool = new TestPool(3);
		double[] earned = new double[3];
		int[] got = new int[3];
		for (int change = 0; change < 50; change++) {
			int[] weights = IntStream.range(0, 3).map((i) -> 1 + random.nextInt(5)).toArray();
			pool.weights(weights);
			int picks = 1 + random.nextInt(10);
			pool.send(picks).chars().forEach((id) -> got[id - 'a']++);
			for (int i = 0; i < 3; i++) {
				earned[i] += (double) picks * weights[i] / Arrays.stream(weights).sum();
			}
		}
		for (int i = 0; i < 3; i++) {
			assertThat(got[i] - earned[i]).isBetween(-10.0, 10.0);
		}
	}

	@Test
	void changeOfTheSameWeightKeepsTheTurn() {
		TestPool pool = new TestPool(2);
		pool.send(1);
		pool.weights(1, 1);
		assertThat(pool.send(3)).isEqualTo("bab");
	}

	@ParameterizedTest
	@ValueSource(ints = { 2, 3, 7 })
	void manyThreadsGetEqualShares(int size) {
		TestPool pool = new TestPool(size);
		Map<String, AtomicInteger> counts = countConcurrently(pool, 8, 1000 * size);
		assertThat(counts.values()).hasSize(size).allSatisfy((count) -> assertThat(count).hasValue(8000));
	}

	@Test
	void manyThreadsGetWeightedShares() {
		TestPool pool = new TestPool(3);
		pool.weights(5, 1, 1);
		Map<String, AtomicInteger> counts = countConcurrently(pool, 8, 700);
		assertThat(counts.get("a")).hasValue(4000);
		assertThat(counts.get("b")).hasValue(800);
	}

	@Test
	void largestWeightsAreExact() {
		TestPool pool = new TestPool(2);
		pool.weights(256, 255);
		assertThat(pool.count(511)).containsEntry("a", 256).containsEntry("b", 255);
	}

	@Test
	void manyLargeWeightsAreNearlyExact() {
		TestPool pool = new TestPool(26);
		pool.weights(IntStream.range(0, 26).map((i) -> 256 - i).toArray());
		assertThat(pool.count(26_000)).hasSize(26).allSatisfy((id, count) -> {
			double expected = 26_000.0 * (256 - (id.charAt(0) - 'a')) / (26 * 243.5);
			assertThat(count.doubleValue()).isBetween(expected * 0.99, expected * 1.01);
		});
	}

	@Test
	void instanceThatReturnsGetsNoBacklog() {
		TestPool pool = new TestPool(2);
		pool.pool.unavailable(pool.instance("b"), "down");
		pool.send(100);
		pool.pool.available(pool.instance("b"), false);
		assertThat(pool.send(4)).isIn("abab", "baba");
	}

	@Test
	void retryOnTheOnlyInstanceLeftTakesNoTurn() {
		TestPool pool = new TestPool(2);
		Dispatch dispatch = pool.begin(0);
		dispatch.failed(Failure.UNREACHABLE, true);
		dispatch.close();
		assertThat(pool.send(2)).isEqualTo("ba");
	}

	@Test
	void slowStartGrowsFromATenthToTheWholeShare() {
		TestPool pool = new TestPool(2,
				new BalanceOptions(Algorithm.ROUND_ROBIN, FailBack.AUTOMATIC, Duration.ofSeconds(10), false), null);
		pool.pool.unavailable(pool.instance("b"), "down");
		pool.pool.available(pool.instance("b"), true);
		assertThat(pool.count(1100)).containsEntry("b", 100);
		pool.advance(Duration.ofSeconds(5));
		assertThat(pool.count(150)).containsEntry("b", 50);
		assertThat(pool.pool.status(pool.instance("b")).slowStart()).isTrue();
		pool.advance(Duration.ofSeconds(5));
		assertThat(pool.count(100)).containsEntry("b", 50);
		assertThat(pool.pool.status(pool.instance("b")).slowStart()).isFalse();
	}

	@Test
	void slowStartIsOnlyForInstancesThatWereDown() {
		BalanceOptions options = new BalanceOptions(Algorithm.ROUND_ROBIN, FailBack.AUTOMATIC, Duration.ofSeconds(10),
				false);
		TestPool pool = new TestPool(2, options, null);
		assertThat(pool.count(100)).containsEntry("b", 50);
		pool.pool.unavailable(pool.instance("b"), "a reset");
		pool.pool.available(pool.instance("b"), false);
		assertThat(pool.count(100)).containsEntry("b", 50);
	}

	private static Map<String, AtomicInteger> countConcurrently(TestPool pool, int threads, int each) {
		Map<String, AtomicInteger> counts = new ConcurrentHashMap<>();
		try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
			for (int thread = 0; thread < threads; thread++) {
				executor.execute(() -> {
					for (int i = 0; i < each; i++) {
						counts.computeIfAbsent(pool.send((long) i), (id) -> new AtomicInteger()).incrementAndGet();
					}
				});
			}
		}
		return counts;
	}

}
