package io.tandem.dbrouter.routing;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ReplicaOrderTests {

	private static final long SECOND = Duration.ofSeconds(1).toNanos();

	private long now = 100 * SECOND;

	private final ReplicaOrder order = new ReplicaOrder(Duration.ofSeconds(10), () -> this.now);

	@Test
	void idleReplicasTakeTurns() {
		assertThat(firsts(6, new Replica("a", 1), new Replica("b", 1), new Replica("c", 1))).isEqualTo("abcabc");
	}

	@Test
	void idleReplicasGetExactlyTheSharesOfTheirWeightsEvenlyMixed() {
		assertThat(firsts(14, new Replica("a", 5), new Replica("b", 1), new Replica("c", 1)))
			.isEqualTo("aabacaaaabacaa");
		assertThat(firsts(7_000, new Replica("a", 5), new Replica("b", 1), new Replica("c", 1)).chars()
			.filter((chosen) -> chosen == 'a')
			.count()).isEqualTo(5_000);
	}

	@Test
	void leastBusyReplicaForItsWeightComesFirstAndTheOthersFollow() {
		Replica one = new Replica("one", 1);
		Replica two = new Replica("two", 2);
		Replica three = new Replica("three", 1);
		one.active = 2;
		two.active = 3;
		three.active = 1;
		assertThat(this.order.order(List.of(one, two, three))).containsExactly(three, two, one);
		two.active = 1;
		assertThat(this.order.order(List.of(one, two, three))).containsExactly(two, three, one);
	}

	@Test
	void readsThatLastFillTheReplicasByTheirWeights() {
		Replica one = new Replica("one", 1);
		Replica three = new Replica("three", 3);
		for (int read = 0; read < 40; read++) {
			this.order.order(List.of(one, three)).get(0).active++;
		}
		assertThat(one.active).isEqualTo(10);
		assertThat(three.active).isEqualTo(30);
	}

	@Test
	void hangingReplicaGetsNoMoreThanTheOthersHaveUnderWay() {
		Replica hanging = new Replica("hanging", 1);
		Replica quick = new Replica("quick", 1);
		int toHanging = 0;
		for (int read = 0; read < 1_000; read++) {
			if (this.order.order(List.of(hanging, quick)).get(0) == hanging) {
				hanging.active++;
				toHanging++;
			}
		}
		assertThat(toHanging).isOne();
	}

	@Test
	void replicaThatHasJustComeBackStartsWithATenthOfItsShare() {
		Replica old = new Replica("o", 1);
		Replica fresh = new Replica("f", 1);
		old.since = this.now - 60 * SECOND;
		fresh.since = this.now;
		assertThat(share(fresh, old)).isEqualTo(10);
		this.now += 5 * SECOND;
		assertThat(share(fresh, old)).isBetween(36, 37);
		this.now += 5 * SECOND;
		assertThat(share(fresh, old)).isEqualTo(55);
	}

	@Test
	void withoutASlowStartTheShareIsWholeAtOnce() {
		Replica old = new Replica("o", 1);
		Replica fresh = new Replica("f", 1);
		fresh.since = this.now;
		ReplicaOrder plain = new ReplicaOrder(Duration.ZERO, () -> this.now);
		long chosen = IntStream.range(0, 100)
			.filter((read) -> plain.order(List.of(old, fresh)).get(0) == fresh)
			.count();
		assertThat(chosen).isEqualTo(50);
	}

	@Test
	void singleReplicaIsTheOrder() {
		List<Replica> single = List.of(new Replica("a", 1));
		assertThat(this.order.order(single)).isSameAs(single);
		assertThat(this.order.order(List.<Replica>of())).isEmpty();
	}

	/** How many of 110 reads come to a replica. */
	private int share(Replica replica, Replica other) {
		return (int) IntStream.range(0, 110)
			.filter((read) -> this.order.order(List.of(replica, other)).get(0) == replica)
			.count();
	}

	private String firsts(int reads, Replica... replicas) {
		return IntStream.range(0, reads)
			.mapToObj((read) -> this.order.order(List.of(replicas)).get(0).name)
			.collect(Collectors.joining());
	}

	private static final class Replica implements Contender {

		private final String name;

		private final int weight;

		private @Nullable Long since;

		private int active;

		private double credit;

		private Replica(String name, int weight) {
			this.name = name;
			this.weight = weight;
		}

		@Override
		public int weight() {
			return this.weight;
		}

		@Override
		public @Nullable Long routableSince() {
			return this.since;
		}

		@Override
		public int active() {
			return this.active;
		}

		@Override
		public double credit(double more) {
			this.credit += more;
			return this.credit;
		}

		@Override
		public String toString() {
			return this.name;
		}

	}

}
