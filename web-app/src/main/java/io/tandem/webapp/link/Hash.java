package io.tandem.webapp.link;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * SHA-256.
 */
final class Hash {

	private Hash() {
	}

	/**
	 * Returns the 32 bytes of the hash of the text in UTF-8.
	 * @param text what to hash
	 */
	static byte[] of(String text) {
		try {
			return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

}
