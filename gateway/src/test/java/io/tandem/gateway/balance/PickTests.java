package io.tandem.gateway.balance;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PickTests {

	private final TestPool pool = new TestPool(3);

	@Test
	void pickSaysWhoCouldServeAndWhoCouldNotAndWhy() {
		pool.weights(5, 1, 1);
		pool.pool.unavailable(pool.instance("c"), "readiness answered 503");
		pool.send(1);
		pool.advance(Duration.ofMillis(250));
		Pick pick = pool.balancer.lastPicks(10).getFirst();
		assertThat(pick.reason()).isEqualTo("the turn of a");
		assertThat(pick.algorithm()).isEqualTo("round-robin");
		assertThat(pick.candidates()).containsExactly(new Pick.Candidate("a", 5, null),
				new Pick.Candidate("b", 1, null));
		assertThat(pick.waiting()).containsExactly(Map.entry("c", "readiness answered 503"));
		assertThat(pick.attempts()).containsExactly(new Pick.Attempt("a", "200"));
		assertThat(pick.ageMillis()).isEqualTo(250);
	}

	@Test
	void pickShowsRetries() {
		Dispatch dispatch = pool.begin(0);
		dispatch.failed(Failure.UNREACHABLE, true);
		dispatch.answered(404);
		assertThat(pool.balancer.lastPicks(1).getFirst().attempts())
			.containsExactly(new Pick.Attempt("a", "unreachable"), new Pick.Attempt("b", "404"));
	}

	@Test
	void pickShowsClientsThatLeft() {
		pool.begin(0).close();
		assertThat(pool.balancer.lastPicks(1).getFirst().attempts())
			.containsExactly(new Pick.Attempt("a", "abandoned"));
	}

	@Test
	void pickByLoadShowsTheLoads() {
		pool.pool.algorithm(Algorithm.LEAST_CONNECTIONS);
		pool.hold(2);
		pool.send(1);
		assertThat(pool.balancer.lastPicks(1).getFirst().candidates()).extracting(Pick.Candidate::inFlight)
			.containsExactly(1, 1, 0);
	}

	@Test
	void pickByHashSaysWhenTheClientsOwnInstanceWasFull() {
		pool.pool.algorithm(Algorithm.IP_HASH);
		String own = pool.send(42L);
		assertThat(pool.balancer.lastPicks(1).getFirst().reason()).isEqualTo("the client's address belongs to " + own);
		for (int i = 0; i < 16; i++) {
			pool.begin(42);
		}
		pool.send(42L);
		assertThat(pool.balancer.lastPicks(1).getFirst().reason())
			.isEqualTo("the client's address belongs to " + own + ", which has more than its share of the load");
	}

	@Test
	void longPathsDoNotFillTheMemory() {
		assertThat(new Request("GET", "/".repeat(8_000), 0, null, true).path()).hasSize(201).endsWith("/…");
	}

	@Test
	void onlyTheLastPicksAreKept() {
		pool.send(3000);
		assertThat(pool.balancer.lastPicks(5000)).hasSize(PickLog.SIZE);
		assertThat(pool.balancer.lastPicks(2)).hasSize(2);
	}

}
