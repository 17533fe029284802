package io.tandem.gateway.health;

import io.tandem.gateway.health.InstanceHealth.State;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class InstanceHealthTests {

	private InstanceHealth health = InstanceHealth.UNKNOWN;

	private boolean held;

	@Test
	void unknownTakesRequestsAndIsCheckedOften() {
		assertThat(health.inRotation()).isTrue();
		assertThat(health.inTransition()).isTrue();
	}

	@Test
	void oneCheckBringsUnknownUp() {
		pass(1);
		assertThat(health.state()).isEqualTo(State.UP);
		assertThat(health.inTransition()).isFalse();
	}

	@Test
	void unknownGoesDownOnlyAfterTheThreshold() {
		fail(1);
		assertThat(health.state()).isEqualTo(State.UNKNOWN);
		fail(1);
		assertThat(health.state()).isEqualTo(State.DOWN);
	}

	@Test
	void upGoesDownAfterConsecutiveFailures() {
		pass(1);
		fail(1);
		assertThat(health.inRotation()).isTrue();
		assertThat(health.inTransition()).isTrue();
		fail(1);
		assertThat(health.inRotation()).isFalse();
		assertThat(health.inTransition()).isFalse();
	}

	@Test
	void passedCheckForgivesAFailedOne() {
		pass(1);
		fail(1);
		pass(1);
		fail(1);
		assertThat(health.state()).isEqualTo(State.UP);
	}

	@Test
	void downComesUpAfterConsecutivePasses() {
		fail(2);
		pass(1);
		assertThat(health.inRotation()).isFalse();
		assertThat(health.inTransition()).isTrue();
		fail(1);
		pass(1);
		assertThat(health.inRotation()).isFalse();
		pass(1);
		assertThat(health.state()).isEqualTo(State.UP);
	}

	@Test
	void ejectedIsDownAtOnceAndInDoubtUntilTheNextCheck() {
		pass(1);
		health = health.ejected("reset");
		assertThat(health.inRotation()).isFalse();
		assertThat(health.inTransition()).isTrue();
		fail(1);
		assertThat(health.inTransition()).isFalse();
	}

	@Test
	void ejectedComesBackAfterConsecutivePasses() {
		pass(1);
		health = health.ejected("reset");
		pass(2);
		assertThat(health.state()).isEqualTo(State.UP);
	}

	@Test
	void ejectedStaysOutWhileItIsHeldWhateverChecksSay() {
		pass(1);
		health = health.ejected("reset");
		held = true;
		pass(5);
		assertThat(health.inRotation()).isFalse();
		assertThat(health.inTransition()).isFalse();
		held = false;
		pass(2);
		assertThat(health.inRotation()).isTrue();
		assertThat(health.cold()).isFalse();
	}

	@Test
	void failedCheckMeansARestartAndEndsTheEjection() {
		pass(1);
		health = health.ejected("reset");
		held = true;
		fail(1);
		assertThat(health.cold()).isTrue();
		pass(2);
		assertThat(health.inRotation()).isTrue();
	}

	private void pass(int times) {
		for (int i = 0; i < times; i++) {
			health = health.checked(CheckResult.status(200), 2, 2, held);
		}
	}

	private void fail(int times) {
		for (int i = 0; i < times; i++) {
			health = health.checked(CheckResult.error("refused"), 2, 2, held);
		}
	}

}
