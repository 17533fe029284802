package io.tandem.dbrouter.consistency;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

import io.tandem.dbrouter.gtid.GtidSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class SignedTokensTests {

	private static final Duration TTL = Duration.ofSeconds(30);

	private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

	private static final TokenKey KEY = TokenKey.of("a secret of this test that is long enough");

	private static final GtidSet WRITTEN = GtidSet.parse("3e11fa47-71ca-11e1-9e33-c80aa9429562:1234567");

	private final List<TokenOutcome> outcomes = new ArrayList<>();

	private final SignedTokens tokens = at(NOW, KEY);

	@Test
	void readsWhatAnotherInstanceIssued() {
		String token = issue(at(NOW, KEY));
		assertThat(token).hasSize(67).matches("[A-Za-z0-9_-]+");
		assertRead(token, TokenOutcome.ACCEPTED, WRITTEN);
	}

	@Test
	void forgedTokenCountsForNothing() {
		byte[] token = Base64.getUrlDecoder().decode(issue(this.tokens));
		for (int position = 3; position < token.length; position++) {
			byte[] forged = token.clone();
			forged[position] ^= 1;
			assertRead(Base64.getUrlEncoder().encodeToString(forged), TokenOutcome.FORGED, GtidSet.EMPTY);
		}
	}

	@Test
	void tokenOfAForeignInstanceCountsForNothing() {
		assertRead(issue(at(NOW, TokenKey.random())), TokenOutcome.FOREIGN, GtidSet.EMPTY);
	}

	@Test
	void tokenOfThePreviousSecretIsReadButNoLongerIssued() {
		TokenKey next = TokenKey.of("the secret that comes after it, as long");
		SignedTokens changed = at(NOW, next, KEY);
		assertThat(changed.read(issue(this.tokens))).isEqualTo(WRITTEN);
		assertRead(issue(changed), TokenOutcome.FOREIGN, GtidSet.EMPTY);
	}

	@Test
	void tokenIsReadUntilItExpires() {
		String token = issue(this.tokens);
		assertThat(at(NOW.plus(TTL), KEY).read(token)).isEqualTo(WRITTEN);
		assertThat(at(NOW.plus(TTL).plusMillis(1), KEY).read(token)).isEqualTo(GtidSet.EMPTY);
		assertThat(this.outcomes).last().isEqualTo(TokenOutcome.EXPIRED);
	}

	@Test
	void tokenFromTheFarFutureIsRefusedButAClockMayBeAhead() {
		assertRead(issue(at(NOW.plusSeconds(5), KEY)), TokenOutcome.ACCEPTED, WRITTEN);
		assertRead(issue(at(NOW.plus(TTL).plusMillis(1), KEY)), TokenOutcome.EXPIRED, GtidSet.EMPTY);
	}

	@Test
	void absurdlyLongTokenIsNotLookedAt() {
		String bomb = "A".repeat(SignedTokens.LONGEST + 1);
		assertRead(bomb, TokenOutcome.TOO_LONG, GtidSet.EMPTY);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "x", "null", "AQ", "!!!", "3e11fa47-71ca-11e1-9e33-c80aa9429562:1", "\u0000\uffff",
			"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" })
	void whatIsNoTokenCountsForNothing(String text) {
		assertRead(text, TokenOutcome.MALFORMED, GtidSet.EMPTY);
	}

	@Test
	void tokenIsNoPlaceForAHistory() {
		StringBuilder history = new StringBuilder("3e11fa47-71ca-11e1-9e33-c80aa9429562");
		for (int number = 1; number < 1000; number += 2) {
			history.append(':').append(number);
		}
		GtidSet read = this.tokens.read(issue(this.tokens, GtidSet.parse(history.toString())));
		assertThat(read).isEqualTo(GtidSet.parse("3e11fa47-71ca-11e1-9e33-c80aa9429562:1-999"));
	}

	@Test
	void tokenOfTooManyServersIsNotIssued() {
		StringBuilder servers = new StringBuilder();
		for (int server = 0; server < 50; server++) {
			servers.append(new UUID(server, server)).append(":1,");
		}
		assertThat(this.tokens.issue(GtidSet.parse(servers.toString()))).isNull();
		assertThat(this.outcomes).containsExactly(TokenOutcome.TOO_LONG);
	}

	private void assertRead(String token, TokenOutcome outcome, GtidSet transactions) {
		this.outcomes.clear();
		assertThat(this.tokens.read(token)).isEqualTo(transactions);
		assertThat(this.outcomes).containsExactly(outcome);
	}

	private String issue(SignedTokens by) {
		return issue(by, WRITTEN);
	}

	private String issue(SignedTokens by, GtidSet transactions) {
		return Objects.requireNonNull(by.issue(transactions));
	}

	private SignedTokens at(Instant now, TokenKey... keys) {
		return new SignedTokens(List.of(keys), TTL, Clock.fixed(now, ZoneOffset.UTC), new ConsistencyListener() {

			@Override
			public void token(TokenOutcome outcome) {
				SignedTokensTests.this.outcomes.add(outcome);
			}

		});
	}

}
