package io.tandem.gateway.management;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.function.LongSupplier;

import reactor.core.publisher.Mono;

import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.ReactiveAuthenticationManager;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;

/**
 * Makes tokens with which somebody logs in once, for a link that can be clicked. They are
 * kept as digests, few of them, and for minutes.
 */
final class LoginLinks implements ReactiveAuthenticationManager {

	static final Duration VALID = Duration.ofMinutes(10);

	/** The oldest goes when another is asked for. */
	static final int MOST = 16;

	private static final int BYTES = 32;

	private final SecureRandom random = new SecureRandom();

	private final Deque<Issued> issued = new ArrayDeque<>();

	private final String username;

	private final LongSupplier nanoTime;

	LoginLinks(String username, LongSupplier nanoTime) {
		this.username = username;
		this.nanoTime = nanoTime;
	}

	String newToken() {
		byte[] bytes = new byte[BYTES];
		random.nextBytes(bytes);
		String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
		synchronized (issued) {
			if (issued.size() == MOST) {
				issued.removeFirst();
			}
			issued.addLast(new Issued(digest(token), nanoTime.getAsLong()));
		}
		return token;
	}

	@Override
	public Mono<Authentication> authenticate(Authentication authentication) {
		return redeem(String.valueOf(authentication.getCredentials()))
				? Mono.just(UsernamePasswordAuthenticationToken.authenticated(username, null, List.of()))
				: Mono.error(new BadCredentialsException("The link was used before, or is too old"));
	}

	private boolean redeem(String token) {
		byte[] given = digest(token);
		long now = nanoTime.getAsLong();
		synchronized (issued) {
			issued.removeIf((each) -> now - each.since() > VALID.toNanos());
			return issued.removeIf((each) -> MessageDigest.isEqual(each.digest(), given));
		}
	}

	private static byte[] digest(String token) {
		try {
			return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java has SHA-256", ex);
		}
	}

	@SuppressWarnings("ArrayRecordComponent") // compared by isEqual
	private record Issued(byte[] digest, long since) {

	}

}
