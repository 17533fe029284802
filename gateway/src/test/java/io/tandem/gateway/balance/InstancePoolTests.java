package io.tandem.gateway.balance;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class InstancePoolTests {

	private final TestPool pool = new TestPool(2);

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "READY")
	void onlyReadyInstancesGetRequests(AdminState state) {
		pool.state("a", state);
		assertThat(pool.send(5)).isEqualTo("bbbbb");
		assertThat(pool.pool.rotation()).containsExactly(pool.instance("b"));
		pool.state("a", AdminState.READY);
		assertThat(pool.count(10)).containsEntry("a", 5);
	}

	@Test
	void drainingInstancesAreTheLastResort() {
		pool.state("a", AdminState.DRAIN);
		pool.state("b", AdminState.MAINTENANCE);
		assertThat(pool.send(2)).isEqualTo("aa");
		assertThat(pool.pool.rotation()).isEmpty();
		assertThat(pool.pool.status().tier()).isEqualTo("last-resort");
		assertThat(pool.pool.status(pool.instance("a")).isSafeToStop()).isFalse();
	}

	@Test
	void maintenanceGetsNothingWhateverHappens() {
		pool.state("a", AdminState.MAINTENANCE);
		pool.state("b", AdminState.MAINTENANCE);
		assertThat(pool.balancer.dispatch(TestPool.request(0))).isNull();
		pool.state("b", AdminState.READY);
		assertThat(pool.begin(0).failed(Failure.UNREACHABLE, true)).isFalse();
	}

	@Test
	void whenNobodyIsHealthyAllAreTried() {
		pool.pool.unavailable(pool.instance("a"), "down");
		pool.pool.unavailable(pool.instance("b"), "down");
		assertThat(pool.pool.isInPanic()).isTrue();
		assertThat(pool.pool.rotation()).isEmpty();
		assertThat(pool.count(10)).containsEntry("a", 5).containsEntry("b", 5);
		pool.pool.available(pool.instance("b"), false);
		assertThat(pool.pool.isInPanic()).isFalse();
		assertThat(pool.send(3)).isEqualTo("bbb");
	}

	@Test
	void algorithmChangesWithoutLosingCounters() {
		List<Dispatch> held = pool.hold(4);
		held.stream().filter((dispatch) -> dispatch.instance().id().equals("b")).forEach(Dispatch::close);
		pool.pool.algorithm(Algorithm.LEAST_CONNECTIONS);
		assertThat(pool.inFlight("a")).isEqualTo(2);
		assertThat(pool.send(3)).isEqualTo("bbb");
		pool.pool.algorithm(Algorithm.ROUND_ROBIN);
		assertThat(pool.count(2)).containsEntry("a", 1);
		assertThat(pool.pool.status(pool.instance("a")).picks()).isEqualTo(3);
		held.forEach(Dispatch::close);
		assertThat(pool.inFlight("a")).isZero();
	}

	@Test
	void drainShowsItsProgress() {
		Dispatch first = pool.begin(0);
		pool.advance(Duration.ofMillis(1200));
		List<Dispatch> held = pool.hold(4);
		pool.state("a", AdminState.DRAIN);
		InstanceStatus status = pool.pool.status(pool.instance("a"));
		assertThat(status.inFlight()).isEqualTo(3);
		assertThat(status.oldestMillis()).isEqualTo(1200);
		assertThat(status.waiting()).isEqualTo("draining");
		assertThat(status.isSafeToStop()).isFalse();
		first.close();
		assertThat(pool.pool.status(pool.instance("a")).oldestMillis()).isZero();
		held.forEach(Dispatch::close);
		assertThat(pool.pool.status(pool.instance("a")).isSafeToStop()).isTrue();
	}

	@Test
	void instanceToWhichClientsReturnIsNotSafeToStop() {
		TestPool sticky = new TestPool(2,
				new BalanceOptions(Algorithm.ROUND_ROBIN, FailBack.AUTOMATIC, Duration.ZERO, true),
				"a secret of sixteen");
		sticky.weights(0, 1);
		InstanceStatus status = sticky.pool.status(sticky.instance("a"));
		assertThat(status.share()).isZero();
		assertThat(status.isSafeToStop()).isFalse();
		sticky.state("a", AdminState.DRAIN);
		assertThat(sticky.pool.status(sticky.instance("a")).isSafeToStop()).isTrue();
		pool.weights(0, 1);
		assertThat(pool.pool.status(pool.instance("a")).isSafeToStop()).as("without sticky sessions").isTrue();
	}

	@Test
	void instanceWithAShareTooSmallToShowIsNotSafeToStop() {
		TestPool many = new TestPool(12);
		many.weights(1, 256, 256, 256, 256, 256, 256, 256, 256, 256, 256, 256);
		InstanceStatus status = many.pool.status(many.instance("a"));
		assertThat(status.share()).isZero();
		assertThat(status.isSafeToStop()).isFalse();
	}

	@Test
	void announcedWeightAndDrainCountUntilTheOperatorSaysOtherwise() {
		Instance a = pool.instance("a");
		pool.pool.announced(a, new Announcement(3, false));
		assertThat(pool.count(4)).containsEntry("a", 3);
		pool.pool.announced(a, new Announcement(null, true));
		assertThat(pool.send(2)).isEqualTo("bb");
		pool.pool.order(a, new Orders(1, AdminState.READY));
		assertThat(pool.count(4)).containsEntry("a", 2);
	}

	@ParameterizedTest
	@ValueSource(ints = { -1, 257 })
	void weightBeyondItsBoundsIsAnError(int weight) {
		assertThatIllegalArgumentException().isThrownBy(() -> new Orders(weight, null))
			.withMessageContaining("between 0 and 256");
	}

	@Test
	void randomChoicesPreferTheLessLoaded() {
		TestPool three = new TestPool(3, Algorithm.RANDOM_TWO_CHOICES);
		Map<String, Integer> idle = three.count(3000);
		assertThat(idle.values()).allSatisfy((count) -> assertThat(count).isBetween(850, 1150));
		three.hold(300);
		assertThat(three.pool.status().instances())
			.allSatisfy((status) -> assertThat(status.inFlight()).isBetween(90, 110));
	}

	@Test
	void randomChoicesFollowWeights() {
		TestPool two = new TestPool(2, Algorithm.RANDOM_TWO_CHOICES);
		two.weights(3, 1);
		two.hold(400);
		assertThat(two.inFlight("a")).isBetween(295, 305);
	}

	@Test
	void statusSaysWhoGetsWhatAndWhyTheOthersDoNot() {
		TestPool three = new TestPool(3);
		three.weights(3, 1, 1);
		three.pool.unavailable(three.instance("c"), "readiness answered 503");
		BalanceStatus status = three.pool.status();
		assertThat(status.tier()).isEqualTo("active");
		assertThat(status.instances()).extracting(InstanceStatus::share).containsExactly(75.0, 25.0, 0.0);
		assertThat(status.instances().get(2).waiting()).isEqualTo("readiness answered 503");
	}

}
