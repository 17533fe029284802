package io.tandem.gateway.balance;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.util.Objects;

import static org.assertj.core.api.Assertions.assertThat;

class StickySessionsTests {

	private static final String SECRET = "0123456789abcdef";

	@ParameterizedTest
	@EnumSource
	void clientWithACookieStaysWhateverTheAlgorithm(Algorithm algorithm) {
		TestPool pool = sticky(algorithm, SECRET);
		Dispatch first = begin(pool, null);
		String token = first.newStickyToken();
		first.close();
		for (int i = 0; i < 10; i++) {
			try (Dispatch next = begin(pool, token)) {
				assertThat(next.instance()).isEqualTo(first.instance());
				assertThat(next.newStickyToken()).isNull();
			}
		}
	}

	@Test
	void cookieIsOpaqueAndTheSameInEveryGateway() {
		String token = begin(sticky(Algorithm.ROUND_ROBIN, SECRET), null).newStickyToken();
		assertThat(token).matches("[A-Za-z0-9_-]{22}");
		assertThat(begin(sticky(Algorithm.ROUND_ROBIN, SECRET), null).newStickyToken()).isEqualTo(token);
		assertThat(begin(sticky(Algorithm.ROUND_ROBIN, "another secret.."), null).newStickyToken()).isNotEqualTo(token);
	}

	@Test
	void forgedCookieIsIgnoredAndReplaced() {
		TestPool pool = sticky(Algorithm.ROUND_ROBIN, SECRET);
		pool.send(1);
		Dispatch dispatch = begin(pool, "AAAAAAAAAAAAAAAAAAAAAA");
		assertThat(dispatch.instance().id()).isEqualTo("b");
		assertThat(dispatch.newStickyToken()).isNotNull();
	}

	@ParameterizedTest
	@EnumSource(names = { "DRAIN", "MAINTENANCE", "STANDBY" })
	void clientMovesWhenItsInstanceIsToGetNothing(AdminState state) {
		TestPool pool = sticky(Algorithm.ROUND_ROBIN, SECRET);
		String token = begin(pool, null).newStickyToken();
		pool.state("a", state);
		Dispatch dispatch = begin(pool, token);
		assertThat(dispatch.instance().id()).isEqualTo("b");
		assertThat(dispatch.newStickyToken()).isNotNull();
	}

	@Test
	void weightZeroKeepsThoseWhoCameBefore() {
		TestPool pool = sticky(Algorithm.ROUND_ROBIN, SECRET);
		String token = begin(pool, null).newStickyToken();
		pool.weights(0, 1);
		assertThat(begin(pool, token).instance().id()).isEqualTo("a");
		assertThat(begin(pool, null).instance().id()).isEqualTo("b");
	}

	@Test
	void clientMovesForGoodWhenItsInstanceFails() {
		TestPool pool = sticky(Algorithm.ROUND_ROBIN, SECRET);
		String token = begin(pool, null).newStickyToken();
		Dispatch dispatch = begin(pool, token);
		dispatch.failed(Failure.UNREACHABLE, true);
		assertThat(dispatch.instance().id()).isEqualTo("b");
		assertThat(dispatch.newStickyToken()).isNotNull().isNotEqualTo(token);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "null",
			value = { "tandem-instance=abc|abc", "a=b; tandem-instance=abc|abc", "tandem-instance=abc; a=b|abc",
					"not-tandem-instance=x; tandem-instance=abc|abc", "not-tandem-instance=x|null", "a=b|null",
					"tandem-instance=|''" })
	void cookieIsFoundInItsHeader(String header, @Nullable String value) {
		assertThat(StickySessions.find(header)).isEqualTo(value);
	}

	@Test
	void withoutAHeaderThereIsNoCookie() {
		assertThat(StickySessions.find(null)).isNull();
	}

	private static TestPool sticky(Algorithm algorithm, String secret) {
		return new TestPool(2, new BalanceOptions(algorithm, FailBack.AUTOMATIC, Duration.ZERO, secret != null),
				secret);
	}

	private static Dispatch begin(TestPool pool, @Nullable String token) {
		return Objects.requireNonNull(pool.balancer.dispatch(new Request("GET", "/", 7, token, true)));
	}

}
