package io.tandem.webapp.link;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.jspecify.annotations.Nullable;

/**
 * The secret that allows to delete a link: 256 bits in URL-safe Base64. It is shown to
 * the link's author and stored hashed only. SHA-256 without salt or rounds will do, for
 * there is nothing to guess in 256 random bits.
 *
 * @param value the secret
 */
public record OwnerKey(String value) {

	private static final int BYTES = 32;

	/**
	 * Returns the key for a new link. A secret idempotency key determines it, so that a
	 * client whose answer was lost gets it again; everybody else gets a random one.
	 * @param idempotencyKey the client's key or {@code null}
	 * @param random the source of random keys
	 */
	static OwnerKey forNewLink(@Nullable IdempotencyKey idempotencyKey, SecureRandom random) {
		if (idempotencyKey != null && idempotencyKey.isSecret()) {
			return derivedFrom(idempotencyKey);
		}
		byte[] bytes = new byte[BYTES];
		random.nextBytes(bytes);
		return encoded(bytes);
	}

	private static OwnerKey derivedFrom(IdempotencyKey idempotencyKey) {
		try {
			Mac mac = Mac.getInstance("HmacSHA256");
			mac.init(new SecretKeySpec(idempotencyKey.value().getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
			return encoded(mac.doFinal("tandem owner key".getBytes(StandardCharsets.US_ASCII)));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("Every Java platform has HmacSHA256", ex);
		}
	}

	private static OwnerKey encoded(byte[] bytes) {
		return new OwnerKey(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
	}

	byte[] hash() {
		return Hash.of(this.value);
	}

	/**
	 * Compares in constant time.
	 * @param hash the stored hash
	 */
	boolean matches(byte[] hash) {
		return MessageDigest.isEqual(hash(), hash);
	}

	@Override
	public String toString() {
		return "OwnerKey[hidden]";
	}

}
