package io.tandem.webapp.link;

import java.security.SecureRandom;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class OwnerKeyTests {

	private final SecureRandom random = new SecureRandom();

	@Test
	void keyHas256BitsAndMatchesItsOwnHashOnly() {
		OwnerKey key = OwnerKey.forNewLink(null, this.random);
		assertThat(key.value()).matches("[A-Za-z0-9_-]{43}");
		assertThat(key.matches(key.hash())).isTrue();
		assertThat(key.matches(OwnerKey.forNewLink(null, this.random).hash())).isFalse();
		assertThat(key.hash()).hasSize(32);
	}

	@Test
	void secretIdempotencyKeyDeterminesTheKey() {
		IdempotencyKey uuid = new IdempotencyKey("11766300-da13-4196-b832-f12ee61f7dd1");
		assertThat(OwnerKey.forNewLink(uuid, this.random)).isEqualTo(OwnerKey.forNewLink(uuid, this.random))
			.isNotEqualTo(OwnerKey.forNewLink(new IdempotencyKey("11766300-da13-4196-b832-f12ee61f7dd2"), this.random));
	}

	@Test
	void guessableIdempotencyKeyDoesNotDetermineTheKey() {
		IdempotencyKey guessable = new IdempotencyKey("order-1");
		assertThat(OwnerKey.forNewLink(guessable, this.random))
			.isNotEqualTo(OwnerKey.forNewLink(guessable, this.random));
	}

	@Test
	void secretsDoNotShowInLogs() {
		assertThat(new OwnerKey("secret")).asString().doesNotContain("secret");
		assertThat(new IdempotencyKey("secret")).asString().doesNotContain("secret");
	}

}
