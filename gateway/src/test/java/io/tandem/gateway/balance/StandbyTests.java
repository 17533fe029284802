package io.tandem.gateway.balance;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class StandbyTests {

	@ParameterizedTest
	@EnumSource
	void standbyGetsNothingUntilAllActiveOnesAreGone(Algorithm algorithm) {
		TestPool pool = new TestPool(3, algorithm);
		pool.state("c", AdminState.STANDBY);
		assertThat(pool.count(100)).containsOnlyKeys("a", "b");
		pool.pool.unavailable(pool.instance("a"), "down");
		assertThat(pool.send(10)).isEqualTo("b".repeat(10));
		pool.state("b", AdminState.DRAIN);
		assertThat(pool.send(10)).isEqualTo("c".repeat(10));
		pool.pool.available(pool.instance("a"), false);
		assertThat(pool.send(10)).isEqualTo("a".repeat(10));
	}

	@Test
	void manualFailBackWaitsForTheOperator() {
		TestPool pool = manual();
		pool.state("b", AdminState.STANDBY);
		assertThat(pool.send(2)).isEqualTo("aa");
		pool.pool.unavailable(pool.instance("a"), "down");
		assertThat(pool.send(2)).isEqualTo("bb");
		pool.pool.available(pool.instance("a"), false);
		assertThat(pool.send(2)).isEqualTo("bb");
		assertThat(pool.pool.status(pool.instance("a")).waiting()).contains("fail-back");
		pool.pool.failBack();
		assertThat(pool.send(2)).isEqualTo("aa");
	}

	@Test
	void manualFailBackDoesNotWaitWhenTheStandbyFailsToo() {
		TestPool pool = manual();
		pool.state("b", AdminState.STANDBY);
		pool.pool.unavailable(pool.instance("a"), "down");
		pool.pool.available(pool.instance("a"), false);
		pool.pool.unavailable(pool.instance("b"), "down");
		assertThat(pool.send(2)).isEqualTo("aa");
		pool.pool.available(pool.instance("b"), false);
		assertThat(pool.send(2)).isEqualTo("aa");
	}

	@Test
	void withoutAStandbyTheFirstIsActiveAndTheOthersFollowInOrder() {
		TestPool pool = new TestPool(3, Algorithm.ACTIVE_PASSIVE);
		assertThat(pool.send(3)).isEqualTo("aaa");
		pool.pool.unavailable(pool.instance("a"), "down");
		assertThat(pool.send(3)).isEqualTo("bbb");
		pool.pool.unavailable(pool.instance("b"), "down");
		assertThat(pool.send(3)).isEqualTo("ccc");
		pool.pool.available(pool.instance("a"), false);
		assertThat(pool.send(3)).isEqualTo("aaa");
	}

	@Test
	void withoutAStandbyManualFailBackStaysWithTheOneThatTookOver() {
		TestPool pool = manual();
		pool.pool.algorithm(Algorithm.ACTIVE_PASSIVE);
		pool.pool.unavailable(pool.instance("a"), "down");
		pool.pool.available(pool.instance("a"), false);
		assertThat(pool.send(3)).isEqualTo("bbb");
		pool.pool.failBack();
		assertThat(pool.send(3)).isEqualTo("aaa");
	}

	@Test
	void activeOnesShareWhenAStandbyIsMarked() {
		TestPool pool = new TestPool(3, Algorithm.ACTIVE_PASSIVE);
		pool.state("c", AdminState.STANDBY);
		assertThat(pool.send(4)).isEqualTo("abab");
	}

	@Test
	void failedAttemptAtTheLastActiveOneGoesToTheStandby() {
		TestPool pool = new TestPool(2);
		pool.state("b", AdminState.STANDBY);
		Dispatch dispatch = pool.begin(0);
		assertThat(dispatch.hasAlternative()).isTrue();
		assertThat(dispatch.failed(Failure.UNREACHABLE, true)).isTrue();
		assertThat(dispatch.instance().id()).isEqualTo("b");
	}

	private static TestPool manual() {
		return new TestPool(2, new BalanceOptions(Algorithm.ROUND_ROBIN, FailBack.MANUAL, Duration.ZERO, false), null);
	}

}
