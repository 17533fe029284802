package io.tandem.gateway.health;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import io.tandem.gateway.balance.AdminState;
import io.tandem.gateway.balance.Announcement;
import io.tandem.gateway.balance.Failure;
import io.tandem.gateway.balance.Instance;
import io.tandem.gateway.balance.InstancePool;
import io.tandem.gateway.balance.Orders;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class HealthBoardTests {

	private final Instance first = instance("web-app-1", 8101);

	private final Instance second = instance("web-app-2", 8102);

	private static final EjectionProperties DEFAULTS = new EjectionProperties(1, 1, 5, Duration.ofSeconds(1),
			Duration.ofSeconds(60), Duration.ofSeconds(10));

	private final AtomicLong clock = new AtomicLong();

	private final InstancePool pool = new InstancePool(List.of(first, second));

	private HealthBoard board = board(DEFAULTS);

	private final List<Instance> ejected = new ArrayList<>();

	@BeforeEach
	void bothAreUp() {
		board.checked(first, CheckResult.status(200));
		board.checked(second, CheckResult.status(200));
		board.onEjection(ejected::add);
	}

	@Test
	void failedRequestEjectsTheInstanceOnce() {
		board.failed(first, Failure.UNREACHABLE);
		board.failed(first, Failure.UNREACHABLE);
		assertThat(pool.rotation()).containsExactly(second);
		assertThat(ejected).containsExactly(first);
	}

	@Test
	void failedRequestNeverEjectsTheLastInstance() {
		board.failed(first, Failure.BROKEN);
		board.failed(second, Failure.BROKEN);
		assertThat(pool.rotation()).containsExactly(second);
		assertThat(ejected).containsExactly(first);
	}

	@ParameterizedTest
	@EnumSource(names = { "BUSY", "TIMED_OUT", "INVALID_RESPONSE" })
	void failureThatOneRequestCanCauseEjectsNobody(Failure failure) {
		board.failed(first, failure);
		assertThat(pool.rotation()).containsExactly(first, second);
	}

	@Test
	void checksMayEmptyTheRotation() {
		for (int i = 0; i < 2; i++) {
			board.checked(first, CheckResult.error("refused"));
			board.checked(second, CheckResult.status(503));
		}
		assertThat(pool.rotation()).isEmpty();
	}

	@Test
	void rotationKeepsTheConfiguredOrder() {
		board.failed(first, Failure.BROKEN);
		board.checked(first, CheckResult.status(200));
		board.checked(first, CheckResult.status(200));
		assertThat(pool.rotation()).containsExactly(first, second);
	}

	@Test
	void isCompleteOnceEveryInstanceIsKnown() {
		HealthBoard fresh = board(DEFAULTS);
		fresh.checked(first, CheckResult.status(200));
		assertThat(fresh.isComplete()).isFalse();
		fresh.checked(second, CheckResult.status(503));
		assertThat(fresh.isComplete()).isFalse();
		fresh.checked(second, CheckResult.status(503));
		assertThat(fresh.isComplete()).isTrue();
	}

	@Test
	void repeatedEjectionsLastLongerUpToABound() {
		assertThat(List.of(ejectedFor(), ejectedFor(), ejectedFor(), ejectedFor())).containsExactly(0L, 1L, 2L, 4L);
		for (int i = 0; i < 10; i++) {
			ejectedFor();
		}
		assertThat(ejectedFor()).isEqualTo(60);
		assertThat(board.report(first).ejections()).isEqualTo(15);
	}

	@Test
	void goodConductIsRewarded() {
		ejectedFor();
		ejectedFor();
		ejectedFor();
		advance(20);
		assertThat(board.report(first).recentEjections()).isEqualTo(1);
		assertThat(ejectedFor()).isEqualTo(1);
		advance(600);
		assertThat(ejectedFor()).isZero();
	}

	@Test
	void errorAnswersEjectOnlyAfterSeveralInARow() {
		answer(first, 503, 4);
		answer(first, 200, 1);
		answer(first, 503, 4);
		assertThat(pool.rotation()).containsExactly(first, second);
		answer(first, 502, 1);
		assertThat(pool.rotation()).containsExactly(second);
	}

	@Test
	void errorAnswersOfAllEjectNobody() {
		for (int i = 0; i < 10; i++) {
			answer(first, 503, 1);
			answer(second, 503, 1);
		}
		assertThat(pool.rotation()).containsExactly(first, second);
	}

	@Test
	void errorAnswersOfAllWithGoodOnesBetweenEjectNobody() {
		answer(second, 503, 1);
		answer(second, 200, 10);
		answer(first, 503, 10);
		assertThat(pool.rotation()).containsExactly(first, second);
		advance(6);
		answer(second, 200, 1);
		answer(first, 503, 1);
		assertThat(pool.rotation()).containsExactly(second);
	}

	@Test
	void errorsOfTheApplicationAreAnswersLikeAnyOther() {
		answer(first, 500, 100);
		answer(first, 501, 100);
		answer(first, 505, 100);
		assertThat(pool.rotation()).containsExactly(first, second);
	}

	@Test
	void kindsOfFailureAreCountedSeparately() {
		board = board(
				new EjectionProperties(3, 3, 3, Duration.ofSeconds(1), Duration.ofSeconds(60), Duration.ofSeconds(10)));
		for (int i = 0; i < 2; i++) {
			board.failed(first, Failure.UNREACHABLE);
			board.failed(first, Failure.BROKEN);
		}
		assertThat(pool.rotation()).containsExactly(first, second);
		board.failed(first, Failure.BROKEN);
		assertThat(pool.rotation()).containsExactly(second);
	}

	@Test
	void zeroSwitchesAKindOff() {
		board = board(
				new EjectionProperties(0, 0, 0, Duration.ofSeconds(1), Duration.ofSeconds(60), Duration.ofSeconds(10)));
		board.failed(first, Failure.UNREACHABLE);
		board.failed(first, Failure.BROKEN);
		answer(first, 503, 100);
		assertThat(pool.rotation()).containsExactly(first, second);
	}

	@Test
	void drainedInstanceIsNoReasonToEjectTheOnlyOtherOne() {
		pool.order(second, new Orders(null, AdminState.DRAIN));
		board.failed(first, Failure.UNREACHABLE);
		assertThat(pool.rotation()).containsExactly(first);
	}

	@Test
	void whatAnInstanceAnnouncesReachesThePool() {
		board.checked(first, CheckResult.status(200, new Announcement(null, true)));
		assertThat(pool.rotation()).containsExactly(second);
		board.checked(first, CheckResult.error("refused"));
		assertThat(pool.rotation()).containsExactly(second);
		board.checked(first, CheckResult.status(200));
		assertThat(pool.rotation()).containsExactly(first, second);
	}

	/** Ejects the first instance and says for how many seconds checks do not help. */
	private long ejectedFor() {
		board.failed(first, Failure.UNREACHABLE);
		for (long seconds = 0; seconds < 100; seconds++) {
			board.checked(first, CheckResult.status(200));
			board.checked(first, CheckResult.status(200));
			if (pool.rotation().contains(first)) {
				return seconds;
			}
			advance(1);
		}
		return -1;
	}

	private void advance(int seconds) {
		clock.addAndGet(Duration.ofSeconds(seconds).toNanos());
	}

	private void answer(Instance instance, int status, int times) {
		for (int i = 0; i < times; i++) {
			board.answered(instance, status, 1000);
		}
	}

	private HealthBoard board(EjectionProperties ejection) {
		return new HealthBoard(pool, 2, 2, ejection, clock::get);
	}

	private static Instance instance(String id, int port) {
		URI uri = URI.create("http://127.0.0.1:" + port);
		return new Instance(id, uri, uri);
	}

}
