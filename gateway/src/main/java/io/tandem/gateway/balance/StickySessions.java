package io.tandem.gateway.balance;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.jspecify.annotations.Nullable;

/**
 * Cookies that bring a client back to its instance. The value is an HMAC-SHA256 of the
 * instance's name: without the secret nobody can make one or learn a name, and every
 * gateway with the same secret understands it. Computed once, so that a request costs a
 * look-up.
 */
public final class StickySessions implements MembershipListener {

	/** The name of the cookie. */
	public static final String COOKIE = "tandem-instance";

	/** 128 of the 256 bits are more than enough against guessing. */
	private static final int LENGTH = 16;

	private final InstancePool pool;

	private final String secret;

	private final Map<String, Member> members = new ConcurrentHashMap<>();

	private final Map<Member, String> tokens = new ConcurrentHashMap<>();

	StickySessions(InstancePool pool, String secret) {
		this.pool = pool;
		this.secret = secret;
		pool.all().forEach(this::add);
	}

	private void add(Instance instance) {
		Member member = pool.member(instance);
		String token = token(instance.id(), secret);
		members.put(token, member);
		tokens.put(member, token);
	}

	@Override
	public void joined(Instance instance) {
		add(instance);
	}

	@Override
	public void left(Instance instance) {
		members.values().removeIf((member) -> member.instance().equals(instance));
		tokens.keySet().removeIf((member) -> member.instance().equals(instance));
	}

	private static String token(String id, String secret) {
		try {
			Mac mac = Mac.getInstance("HmacSHA256");
			mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
			byte[] code = mac.doFinal(("sticky " + id).getBytes(StandardCharsets.UTF_8));
			return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(code, LENGTH));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("Every Java has HmacSHA256", ex);
		}
	}

	/** The member of a cookie's value; null for any value that is not ours. */
	@Nullable Member member(@Nullable String token) {
		return (token != null) ? members.get(token) : null;
	}

	String token(Member member) {
		return tokens.getOrDefault(member, "");
	}

	/**
	 * Finds the cookie's value in a Cookie header without taking the header apart.
	 * @return null if it is not there
	 */
	public static @Nullable String find(@Nullable String cookies) {
		int start = (cookies != null) ? cookies.indexOf(COOKIE + "=") : -1;
		if (cookies == null || start == -1) {
			return null;
		}
		if (start > 0 && cookies.charAt(start - 1) != ' ' && cookies.charAt(start - 1) != ';') {
			return find(cookies.substring(start + 1));
		}
		int from = start + COOKIE.length() + 1;
		int to = cookies.indexOf(';', from);
		return cookies.substring(from, (to != -1) ? to : cookies.length()).trim();
	}

}
