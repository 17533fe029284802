package io.tandem.gateway.management;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class LoginLinksTests {

	private final AtomicLong now = new AtomicLong();

	private final LoginLinks links = new LoginLinks("admin", now::get);

	@Test
	void tokenLogsInOnce() {
		String token = links.newToken();
		assertThat(login(token)).isEqualTo("admin");
		assertRefused(token);
	}

	@Test
	void tokenIsValidForMinutes() {
		String token = links.newToken();
		now.addAndGet(Duration.ofMinutes(10).plusMillis(1).toNanos());
		assertRefused(token);
	}

	@Test
	void oldestTokenGoesWhenThereAreTooMany() {
		String first = links.newToken();
		String second = links.newToken();
		for (int i = 2; i <= LoginLinks.MOST; i++) {
			links.newToken();
		}
		assertRefused(first);
		assertThat(login(second)).isEqualTo("admin");
	}

	@Test
	void anythingElseIsRefused() {
		links.newToken();
		assertRefused("");
		assertRefused("admin");
	}

	private String login(String token) {
		return links.authenticate(UsernamePasswordAuthenticationToken.unauthenticated("", token))
			.map(Authentication::getName)
			.blockOptional()
			.orElseThrow();
	}

	private void assertRefused(String token) {
		assertThatExceptionOfType(BadCredentialsException.class).isThrownBy(() -> login(token));
	}

}
