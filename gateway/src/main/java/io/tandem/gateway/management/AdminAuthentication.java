package io.tandem.gateway.management;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

import reactor.core.publisher.Mono;

import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.ReactiveAuthenticationManager;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;

/**
 * Knows the one account. Compares digests, so that the time taken tells nothing about how
 * much of a password is right. The password is random and in the configuration as it is:
 * a slow hash would protect nothing and cost scripts 100 ms a call.
 */
final class AdminAuthentication implements ReactiveAuthenticationManager {

	private final String username;

	private final byte[] expected;

	AdminAuthentication(String username, String password) {
		this.username = username;
		this.expected = digest(username, password);
	}

	@Override
	public Mono<Authentication> authenticate(Authentication authentication) {
		byte[] given = digest(authentication.getName(), String.valueOf(authentication.getCredentials()));
		return MessageDigest.isEqual(given, expected)
				? Mono.just(UsernamePasswordAuthenticationToken.authenticated(username, null, List.of()))
				: Mono.error(new BadCredentialsException("Wrong name or password"));
	}

	private static byte[] digest(String username, String password) {
		try {
			return MessageDigest.getInstance("SHA-256")
				.digest((username + ":" + password).getBytes(StandardCharsets.UTF_8));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java has SHA-256", ex);
		}
	}

}
