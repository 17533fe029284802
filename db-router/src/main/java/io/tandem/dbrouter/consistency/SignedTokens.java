package io.tandem.dbrouter.consistency;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

import io.tandem.dbrouter.gtid.GtidSet;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads consistency tokens: version (1 byte), id of the key (2), time of issue
 * (8, milliseconds since 1970), the set of transactions, signature (16); in base64url.
 * One transaction takes 67 characters.
 */
public final class SignedTokens {

	/** In characters: enough for some twenty servers. */
	static final int LONGEST = 1024;

	private static final byte VERSION = 1;

	private static final int HEAD_LENGTH = 11;

	/** Of a server; in a token the gaps beyond are filled. */
	private static final int MOST_INTERVALS = 4;

	private final List<TokenKey> keys;

	private final Duration ttl;

	private final Clock clock;

	private final ConsistencyListener listener;

	/**
	 * Creates the reader and writer of tokens.
	 * @param keys the keys that are accepted; the first signs new tokens
	 * @param ttl how long a token is valid
	 * @param clock tells the time of issue
	 * @param listener hears of each token
	 */
	public SignedTokens(List<TokenKey> keys, Duration ttl, Clock clock, ConsistencyListener listener) {
		this.keys = List.copyOf(keys);
		this.ttl = ttl;
		this.clock = clock;
		this.listener = listener;
	}

	/**
	 * How long a token is valid.
	 * @return the time
	 */
	public Duration ttl() {
		return this.ttl;
	}

	/**
	 * Makes a token.
	 * @param transactions what its holder has written
	 * @return the token, {@code null} if it would be longer than one may be
	 */
	public @Nullable String issue(GtidSet transactions) {
		byte[] set = transactions.condensed(MOST_INTERVALS).toBytes();
		byte[] token = new byte[HEAD_LENGTH + set.length + TokenKey.SIGNATURE_LENGTH];
		TokenKey key = this.keys.get(0);
		ByteBuffer buffer = ByteBuffer.wrap(token)
			.put(VERSION)
			.putShort(key.id())
			.putLong(this.clock.millis())
			.put(set);
		buffer.put(key.sign(token, TokenKey.SIGNATURE_LENGTH));
		String text = Base64.getUrlEncoder().withoutPadding().encodeToString(token);
		if (text.length() > LONGEST) {
			this.listener.token(TokenOutcome.TOO_LONG);
			return null;
		}
		this.listener.token(TokenOutcome.ISSUED);
		return text;
	}

	/**
	 * Reads a token from somebody who is not trusted.
	 * @param token the token
	 * @return what its holder has written, nothing if the token is useless
	 */
	public GtidSet read(String token) {
		Reading reading = (token.length() <= LONGEST) ? decode(token) : Reading.useless(TokenOutcome.TOO_LONG);
		this.listener.token(reading.outcome());
		return reading.transactions();
	}

	private Reading decode(String text) {
		byte[] token;
		try {
			token = Base64.getUrlDecoder().decode(text);
		}
		catch (IllegalArgumentException ex) {
			return Reading.useless(TokenOutcome.MALFORMED);
		}
		if (token.length <= HEAD_LENGTH + TokenKey.SIGNATURE_LENGTH || token[0] != VERSION) {
			return Reading.useless(TokenOutcome.MALFORMED);
		}
		ByteBuffer buffer = ByteBuffer.wrap(token, 1, token.length - 1 - TokenKey.SIGNATURE_LENGTH);
		TokenOutcome signature = check(token, buffer.getShort());
		if (signature != TokenOutcome.ACCEPTED) {
			return Reading.useless(signature);
		}
		// The clock of another instance may be ahead, but not by that much.
		if (Math.abs(this.clock.millis() - buffer.getLong()) > this.ttl.toMillis()) {
			return Reading.useless(TokenOutcome.EXPIRED);
		}
		try {
			return new Reading(TokenOutcome.ACCEPTED, GtidSet.fromBytes(buffer));
		}
		catch (IllegalArgumentException ex) {
			return Reading.useless(TokenOutcome.MALFORMED);
		}
	}

	private TokenOutcome check(byte[] token, short keyId) {
		TokenOutcome outcome = TokenOutcome.FOREIGN;
		for (TokenKey key : this.keys) {
			if (key.id() == keyId) {
				byte[] signature = Arrays.copyOfRange(token, token.length - TokenKey.SIGNATURE_LENGTH, token.length);
				if (MessageDigest.isEqual(signature, key.sign(token, TokenKey.SIGNATURE_LENGTH))) {
					return TokenOutcome.ACCEPTED;
				}
				outcome = TokenOutcome.FORGED;
			}
		}
		return outcome;
	}

	private record Reading(TokenOutcome outcome, GtidSet transactions) {

		static Reading useless(TokenOutcome outcome) {
			return new Reading(outcome, GtidSet.EMPTY);
		}

	}

}
