package io.tandem.webapp.link;

import java.util.regex.Pattern;

/**
 * The client's name for one attempt to make a link, however often it is sent: 1 to 255
 * visible ASCII characters. Stored hashed only.
 *
 * @param value the key as the client sent it
 */
public record IdempotencyKey(String value) {

	/** A UUID has 36 characters, 128 bits in hexadecimal have 32. */
	private static final int SECRET_LENGTH = 32;

	private static final Pattern COMPILED = Pattern.compile("[\\x21-\\x7E]{1,255}");

	/**
	 * Checks the form of the key.
	 * @param value the key as the client sent it
	 */
	public IdempotencyKey {
		if (!COMPILED.matcher(value).matches()) {
			throw new IllegalArgumentException(
					"An Idempotency-Key has 1 to 255 visible ASCII characters, without spaces.");
		}
	}

	/**
	 * Says whether the key can be taken for a secret of its client, so that whoever
	 * repeats it may see the owner key again.
	 */
	boolean isSecret() {
		return this.value.length() >= SECRET_LENGTH;
	}

	byte[] hash() {
		return Hash.of(this.value);
	}

	@Override
	public String toString() {
		return "IdempotencyKey[hidden]";
	}

}
