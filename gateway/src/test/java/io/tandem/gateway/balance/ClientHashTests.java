package io.tandem.gateway.balance;

import java.net.InetAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ClientHashTests {

	private static final int CLIENTS = 10_000;

	@Test
	void clientStaysAtItsInstance() {
		TestPool pool = new TestPool(5, Algorithm.IP_HASH);
		assertThat(assignments(pool)).isEqualTo(assignments(pool));
	}

	@Test
	void everyGatewaySendsAClientToTheSameInstance() {
		assertThat(assignments(new TestPool(5, Algorithm.IP_HASH)))
			.isEqualTo(assignments(new TestPool(5, Algorithm.IP_HASH)));
	}

	@ParameterizedTest
	@ValueSource(ints = { 2, 3, 4, 5, 8, 20 })
	void removingOneOfManyMovesItsClientsOnlyAndAddingItBackRestoresThem(int size) {
		TestPool pool = new TestPool(size, Algorithm.IP_HASH);
		Map<Long, String> before = assignments(pool);
		for (Instance removed : pool.instances) {
			pool.state(removed.id(), AdminState.MAINTENANCE);
			Map<Long, String> without = assignments(pool);
			long moved = before.entrySet()
				.stream()
				.filter((entry) -> !entry.getValue().equals(without.get(entry.getKey())))
				.peek((entry) -> assertThat(entry.getValue()).isEqualTo(removed.id()))
				.count();
			assertThat(moved).isLessThanOrEqualTo(Math.round(CLIENTS * (1.0 / size + 0.05)));
			pool.state(removed.id(), AdminState.READY);
			assertThat(assignments(pool)).isEqualTo(before);
		}
	}

	@ParameterizedTest
	@CsvSource({ "1, 1, 1", "5, 1, 1", "0, 1, 1", "200, 50, 6" })
	void clientsAreSpreadByWeight(int a, int b, int c) {
		TestPool pool = new TestPool(3, Algorithm.IP_HASH);
		pool.weights(a, b, c);
		Map<String, Integer> counts = new HashMap<>(Map.of("a", 0, "b", 0, "c", 0));
		assignments(pool).values().forEach((id) -> counts.merge(id, 1, Integer::sum));
		int[] weights = { a, b, c };
		counts.forEach((id, count) -> assertThat(count.doubleValue() / CLIENTS).isBetween(
				(double) weights[id.charAt(0) - 'a'] / (a + b + c) - 0.02,
				(double) weights[id.charAt(0) - 'a'] / (a + b + c) + 0.02));
	}

	@Test
	void addressesOfOneNetworkAreSpread() throws Exception {
		TestPool pool = new TestPool(2, Algorithm.IP_HASH);
		int first = 0;
		for (int i = 0; i < 256; i++) {
			first += pool.send(ClientKey.of(InetAddress.getByName("10.0.0." + i))).equals("a") ? 1 : 0;
		}
		assertThat(first).isBetween(96, 160);
	}

	@Test
	void addressesOfOneIpv6ClientAreOneClient() throws Exception {
		assertThat(ClientKey.of(InetAddress.getByName("2001:db8:1:2::1")))
			.isEqualTo(ClientKey.of(InetAddress.getByName("2001:db8:1:2:a:b:c:d")))
			.isNotEqualTo(ClientKey.of(InetAddress.getByName("2001:db8:1:3::1")));
		assertThat(ClientKey.of(InetAddress.getByName("::ffff:10.0.0.1")))
			.isEqualTo(ClientKey.of(InetAddress.getByName("10.0.0.1")));
	}

	@Test
	void loadOfOneClientIsBounded() {
		TestPool pool = new TestPool(4, Algorithm.IP_HASH);
		for (int i = 0; i < 400; i++) {
			pool.begin(42);
		}
		assertThat(pool.pool.status().instances())
			.allSatisfy((status) -> assertThat(status.inFlight()).isLessThanOrEqualTo(126));
	}

	@Test
	void fewParallelRequestsOfAClientStayTogether() {
		TestPool pool = new TestPool(4, Algorithm.IP_HASH);
		String own = pool.send(42L);
		for (int i = 0; i < 16; i++) {
			assertThat(pool.begin(42).instance().id()).isEqualTo(own);
		}
	}

	@Test
	void retryGoesToTheNextInstanceOfTheClient() {
		TestPool pool = new TestPool(3, Algorithm.IP_HASH);
		Dispatch dispatch = pool.begin(42);
		String own = dispatch.instance().id();
		dispatch.failed(Failure.UNREACHABLE, true);
		pool.pool.unavailable(pool.instance(own), "down");
		assertThat(dispatch.instance().id()).isEqualTo(pool.send(42L));
	}

	@Test
	void sharesAreRightDuringSlowStartToo() {
		TestPool pool = new TestPool(2,
				new BalanceOptions(Algorithm.IP_HASH, FailBack.AUTOMATIC, Duration.ofSeconds(10), false), null);
		Map<Long, String> before = assignments(pool);
		pool.pool.unavailable(pool.instance("b"), "down");
		pool.pool.available(pool.instance("b"), true);
		long returned = assignments(pool).values().stream().filter("b"::equals).count();
		assertThat(returned).isBetween(700L, 1100L);
		pool.advance(Duration.ofSeconds(10));
		assertThat(assignments(pool)).isEqualTo(before);
	}

	private static Map<Long, String> assignments(TestPool pool) {
		Map<Long, String> assignments = new HashMap<>();
		for (long client : clients()) {
			assignments.put(client, pool.send(client));
		}
		return assignments;
	}

	private static List<Long> clients() {
		return LongStream.range(0, CLIENTS).map(ClientKey::mix).boxed().toList();
	}

}
