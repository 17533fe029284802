package io.tandem.gateway.balance;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class RoundRobinSelectorTests {

	private final RoundRobinSelector selector = new RoundRobinSelector();

	@Test
	void instancesTakeTurns() {
		List<Instance> three = instances(3);
		assertThat(Stream.generate(() -> selector.select(three)).limit(7).map(Instance::id)).containsExactly("i0", "i1",
				"i2", "i0", "i1", "i2", "i0");
	}

	@ParameterizedTest
	@ValueSource(ints = { 2, 3, 7 })
	void manyThreadsGetEqualShares(int size) {
		List<Instance> candidates = instances(size);
		Map<Instance, AtomicInteger> counts = new ConcurrentHashMap<>();
		try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
			IntStream.range(0, 8)
				.forEach(
						(thread) -> threads.execute(() -> IntStream.range(0, 1000 * size)
							.forEach((i) -> counts
								.computeIfAbsent(selector.select(candidates), (key) -> new AtomicInteger())
								.incrementAndGet())));
		}
		assertThat(counts.values()).hasSize(size).allSatisfy((count) -> assertThat(count).hasValue(8000));
	}

	@Test
	void choiceWithoutAlternativeTakesNoTurn() {
		List<Instance> two = instances(2);
		assertThat(selector.select(two).id()).isEqualTo("i0");
		selector.select(two.subList(0, 1));
		assertThat(selector.select(two).id()).isEqualTo("i1");
	}

	static List<Instance> instances(int count) {
		return IntStream.range(0, count)
			.mapToObj((i) -> new Instance("i" + i, URI.create("http://127.0.0.1:" + (8101 + i)),
					URI.create("http://127.0.0.1:" + (9101 + i))))
			.toList();
	}

}
