package io.tandem.gateway.health;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;

import io.tandem.gateway.balance.Failure;
import io.tandem.gateway.balance.Instance;
import io.tandem.gateway.balance.InstancePool;
import io.tandem.gateway.balance.RoundRobinSelector;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class HealthBoardTests {

	private final Instance first = instance("web-app-1", 8101);

	private final Instance second = instance("web-app-2", 8102);

	private final InstancePool pool = new InstancePool(List.of(first, second), new RoundRobinSelector());

	private final HealthBoard board = new HealthBoard(pool, 2, 2);

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
	@EnumSource(names = { "BUSY", "NOT_SENT", "TIMED_OUT", "INVALID_RESPONSE" })
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
		HealthBoard fresh = new HealthBoard(pool, 2, 2);
		fresh.checked(first, CheckResult.status(200));
		assertThat(fresh.isComplete()).isFalse();
		fresh.checked(second, CheckResult.status(503));
		assertThat(fresh.isComplete()).isFalse();
		fresh.checked(second, CheckResult.status(503));
		assertThat(fresh.isComplete()).isTrue();
	}

	private static Instance instance(String id, int port) {
		URI uri = URI.create("http://127.0.0.1:" + port);
		return new Instance(id, uri, uri);
	}

}
