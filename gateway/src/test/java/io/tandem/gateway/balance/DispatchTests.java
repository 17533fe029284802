package io.tandem.gateway.balance;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

import static org.assertj.core.api.Assertions.assertThat;

class DispatchTests {

	private final List<Instance> two = RoundRobinSelectorTests.instances(2);

	private final InstancePool pool = new InstancePool(two, new RoundRobinSelector());

	private final List<String> events = new ArrayList<>();

	private final Balancer balancer = new Balancer(pool, List.of(new AttemptListener() {

		@Override
		public void answered(Instance instance) {
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

	}));

	@ParameterizedTest
	@EnumSource(names = { "UNREACHABLE", "BUSY", "NOT_SENT" })
	void whatWasNotSentGoesToTheOtherInstanceWhateverTheMethod(Failure failure) {
		Dispatch dispatch = balancer.dispatch(false);
		assertThat(dispatch.failed(failure, true)).isTrue();
		assertThat(dispatch.instance()).isEqualTo(two.get(1));
		assertThat(dispatch.isRetry()).isTrue();
		assertThat(dispatch.failed(failure, true)).isFalse();
		assertThat(dispatch.verdict()).isNull();
		assertThat(dispatch.tried()).isEqualTo(two);
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = { "UNREACHABLE", "BUSY", "NOT_SENT" })
	void whatMayHaveBeenExecutedIsNotRepeatedUnlessReplayable(Failure failure) {
		Dispatch dispatch = balancer.dispatch(false);
		assertThat(dispatch.failed(failure, true)).isFalse();
		assertThat(dispatch.verdict()).isEqualTo(failure);
	}

	@ParameterizedTest
	@EnumSource
	void replayableRequestIsRepeatedOnceAfterAnyFailure(Failure failure) {
		Dispatch dispatch = balancer.dispatch(true);
		assertThat(dispatch.failed(failure, true)).isTrue();
		assertThat(dispatch.failed(failure, true)).isFalse();
	}

	@ParameterizedTest
	@EnumSource
	void nothingIsRepeatedOnceItsBodyWasRead(Failure failure) {
		assertThat(balancer.dispatch(true).failed(failure, false)).isFalse();
	}

	@Test
	void replayableRequestIsExecutedAtMostTwice() {
		InstancePool three = new InstancePool(RoundRobinSelectorTests.instances(3), new RoundRobinSelector());
		Dispatch dispatch = new Balancer(three, List.of()).dispatch(true);
		assertThat(dispatch.failed(Failure.BROKEN, true)).isTrue();
		assertThat(dispatch.failed(Failure.BROKEN, true)).isFalse();
	}

	@Test
	void unreachableInstancesAreAllTried() {
		InstancePool three = new InstancePool(RoundRobinSelectorTests.instances(3), new RoundRobinSelector());
		Dispatch dispatch = new Balancer(three, List.of()).dispatch(false);
		assertThat(dispatch.failed(Failure.UNREACHABLE, true)).isTrue();
		assertThat(dispatch.failed(Failure.UNREACHABLE, true)).isTrue();
		assertThat(dispatch.failed(Failure.UNREACHABLE, true)).isFalse();
		assertThat(dispatch.tried()).containsExactlyInAnyOrderElementsOf(three.all());
	}

	@Test
	void instancesOutOfRotationAreTriedLast() {
		pool.rotate(List.of(two.get(1)));
		Dispatch dispatch = balancer.dispatch(false);
		assertThat(dispatch.instance()).isEqualTo(two.get(1));
		assertThat(dispatch.failed(Failure.UNREACHABLE, true)).isTrue();
		assertThat(dispatch.instance()).isEqualTo(two.get(0));
	}

	@Test
	void instancesOutOfRotationAreTriedWhenNoneIsInIt() {
		pool.rotate(List.of());
		assertThat(balancer.dispatch(false).failed(Failure.UNREACHABLE, true)).isTrue();
	}

	@Test
	void waitingInVainIsNotRepeatedAtAnInstanceOutOfRotation() {
		pool.rotate(List.of(two.get(0)));
		Dispatch dispatch = balancer.dispatch(true);
		assertThat(dispatch.hasAlternative()).isFalse();
		assertThat(dispatch.failed(Failure.TIMED_OUT, true)).isFalse();
	}

	@Test
	void onlyTheFirstAttemptOfAReplayableRequestHasAnAlternative() {
		assertThat(balancer.dispatch(false).hasAlternative()).isFalse();
		Dispatch dispatch = balancer.dispatch(true);
		assertThat(dispatch.hasAlternative()).isTrue();
		dispatch.failed(Failure.TIMED_OUT, true);
		assertThat(dispatch.hasAlternative()).isFalse();
	}

	@Test
	void failureThatMayHaveBeenExecutedOutweighsLaterOnes() {
		Dispatch dispatch = balancer.dispatch(true);
		dispatch.failed(Failure.TIMED_OUT, true);
		dispatch.failed(Failure.UNREACHABLE, true);
		assertThat(dispatch.verdict()).isEqualTo(Failure.TIMED_OUT);
	}

	@Test
	void listenersHearOfEveryAttempt() {
		Dispatch dispatch = balancer.dispatch(true);
		dispatch.failed(Failure.BROKEN, true);
		dispatch.answered();
		assertThat(events).containsExactly("i0 broken", "retry after i0", "i1 answered");
	}

}
