package io.tandem.gateway.balance;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

import static org.assertj.core.api.Assertions.assertThat;

class DispatchTests {

	private final List<Instance> two = TestPool.instances(2);

	private final InstancePool pool = new InstancePool(two);

	private final List<String> events = new ArrayList<>();

	private final Balancer balancer = new Balancer(pool, List.of(new AttemptListener() {

		@Override
		public void answered(Instance instance, int status, long nanos) {
			events.add(instance + " answered");
		}

		@Override
		public void failed(Instance instance, Failure failure) {
			events.add(instance + " " + failure.reason());
		}

		@Override
		public void retried(Instance instance, Failure failure) {
			events.add("retry after " + instance);
		}

	}), new RetryBudget(20, 10), null);

	@ParameterizedTest
	@EnumSource(names = { "UNREACHABLE", "BUSY" })
	void whatWasNotSentGoesToTheOtherInstanceWhateverTheMethod(Failure failure) {
		Dispatch dispatch = dispatch(balancer, false);
		assertThat(dispatch.failed(failure, true)).isTrue();
		assertThat(dispatch.instance()).isEqualTo(two.get(1));
		assertThat(dispatch.isRetry()).isTrue();
		assertThat(dispatch.failed(failure, true)).isFalse();
		assertThat(dispatch.verdict()).isNull();
		assertThat(dispatch.tried()).isEqualTo(two);
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = { "UNREACHABLE", "BUSY" })
	void whatMayHaveBeenExecutedIsNotRepeatedUnlessReplayable(Failure failure) {
		Dispatch dispatch = dispatch(balancer, false);
		assertThat(dispatch.failed(failure, true)).isFalse();
		assertThat(dispatch.verdict()).isEqualTo(failure);
	}

	@ParameterizedTest
	@EnumSource
	void replayableRequestIsRepeatedOnceAfterAnyFailure(Failure failure) {
		Dispatch dispatch = dispatch(balancer, true);
		assertThat(dispatch.failed(failure, true)).isTrue();
		assertThat(dispatch.failed(failure, true)).isFalse();
	}

	@ParameterizedTest
	@EnumSource
	void nothingIsRepeatedOnceItsBodyWasRead(Failure failure) {
		assertThat(dispatch(balancer, true).failed(failure, false)).isFalse();
	}

	@Test
	void replayableRequestIsExecutedAtMostTwice() {
		InstancePool three = new InstancePool(TestPool.instances(3));
		Dispatch dispatch = dispatch(new Balancer(three, List.of(), new RetryBudget(20, 10), null), true);
		assertThat(dispatch.failed(Failure.BROKEN, true)).isTrue();
		assertThat(dispatch.failed(Failure.BROKEN, true)).isFalse();
	}

	@Test
	void unreachableInstancesAreAllTried() {
		InstancePool three = new InstancePool(TestPool.instances(3));
		Dispatch dispatch = dispatch(new Balancer(three, List.of(), new RetryBudget(20, 10), null), false);
		assertThat(dispatch.failed(Failure.UNREACHABLE, true)).isTrue();
		assertThat(dispatch.failed(Failure.UNREACHABLE, true)).isTrue();
		assertThat(dispatch.failed(Failure.UNREACHABLE, true)).isFalse();
		assertThat(dispatch.tried()).containsExactlyInAnyOrderElementsOf(three.all());
	}

	@Test
	void instancesOutOfRotationAreTriedLast() {
		pool.unavailable(two.get(0), "down");
		Dispatch dispatch = dispatch(balancer, false);
		assertThat(dispatch.instance()).isEqualTo(two.get(1));
		assertThat(dispatch.failed(Failure.UNREACHABLE, true)).isTrue();
		assertThat(dispatch.instance()).isEqualTo(two.get(0));
	}

	@Test
	void instancesOutOfRotationAreTriedWhenNoneIsInIt() {
		two.forEach((instance) -> pool.unavailable(instance, "down"));
		assertThat(dispatch(balancer, false).failed(Failure.UNREACHABLE, true)).isTrue();
	}

	@Test
	void waitingInVainIsNotRepeatedAtAnInstanceOutOfRotation() {
		pool.unavailable(two.get(1), "down");
		Dispatch dispatch = dispatch(balancer, true);
		assertThat(dispatch.hasAlternative()).isFalse();
		assertThat(dispatch.failed(Failure.TIMED_OUT, true)).isFalse();
	}

	@Test
	void onlyTheFirstAttemptOfAReplayableRequestHasAnAlternative() {
		assertThat(dispatch(balancer, false).hasAlternative()).isFalse();
		Dispatch dispatch = dispatch(balancer, true);
		assertThat(dispatch.hasAlternative()).isTrue();
		dispatch.failed(Failure.TIMED_OUT, true);
		assertThat(dispatch.hasAlternative()).isFalse();
	}

	@Test
	void failureThatMayHaveBeenExecutedOutweighsLaterOnes() {
		Dispatch dispatch = dispatch(balancer, true);
		dispatch.failed(Failure.TIMED_OUT, true);
		dispatch.failed(Failure.UNREACHABLE, true);
		assertThat(dispatch.verdict()).isEqualTo(Failure.TIMED_OUT);
	}

	@Test
	void listenersHearOfEveryAttempt() {
		Dispatch dispatch = dispatch(balancer, true);
		dispatch.failed(Failure.BROKEN, true);
		dispatch.answered(200);
		assertThat(events).containsExactly("a broken", "retry after a", "b answered");
	}

	private static Dispatch dispatch(Balancer balancer, boolean replayable) {
		return Objects.requireNonNull(balancer.dispatch(new Request("GET", "/", 0, null, replayable)));
	}

}
