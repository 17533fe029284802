package io.tandem.dbrouter.consistency;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs tokens with HMAC-SHA256 (RFC 2104), cut to 128 bits.
 */
public final class TokenKey {

	static final int SIGNATURE_LENGTH = 16;

	private static final String ALGORITHM = "HmacSHA256";

	private static final int RANDOM_LENGTH = 32;

	private final SecretKeySpec secret;

	private final short id;

	private TokenKey(byte[] secret) {
		this.secret = new SecretKeySpec(secret, ALGORITHM);
		this.id = ByteBuffer.wrap(sign("db-router key id".getBytes(StandardCharsets.US_ASCII), 0)).getShort();
	}

	/**
	 * The key of a secret that several instances share.
	 * @param secret the secret
	 * @return its key
	 */
	public static TokenKey of(String secret) {
		return new TokenKey(secret.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * A key that nobody else has.
	 * @return a new key
	 */
	public static TokenKey random() {
		byte[] secret = new byte[RANDOM_LENGTH];
		new SecureRandom().nextBytes(secret);
		return new TokenKey(secret);
	}

	/** Tells keys apart, but for one pair in 65,536; says nothing about the secret. */
	short id() {
		return this.id;
	}

	/**
	 * Signs the beginning of a message.
	 * @param message the message
	 * @param withoutLast how many bytes at its end are not signed
	 */
	byte[] sign(byte[] message, int withoutLast) {
		try {
			Mac mac = Mac.getInstance(ALGORITHM);
			mac.init(this.secret);
			mac.update(message, 0, message.length - withoutLast);
			return Arrays.copyOf(mac.doFinal(), SIGNATURE_LENGTH);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("Every Java platform has " + ALGORITHM, ex);
		}
	}

}
