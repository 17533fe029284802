package io.tandem.webapp.link;

import java.util.Locale;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * The path of a short link: 3 to 32 letters, digits, {@code _} and {@code -}. Upper and
 * lower case differ.
 *
 * @param value the code as it stands in the path
 */
public record ShortCode(String value) {

	/**
	 * What a code looks like, for use in path patterns.
	 */
	public static final String PATTERN = "[A-Za-z0-9_-]{3,32}";

	private static final Pattern COMPILED = Pattern.compile(PATTERN);

	private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

	/**
	 * 62^7 is 3.5 million million: a collision is rare even with a thousand million
	 * links.
	 */
	private static final int RANDOM_LENGTH = 7;

	/** Paths of this application, present and likely, in any case. */
	private static final Set<String> RESERVED = Set.of("about", "account", "actuator", "admin", "api", "app", "assets",
			"console", "css", "dashboard", "docs", "error", "favicon", "health", "healthz", "help", "images", "img",
			"index", "javascript", "js", "links", "livez", "login", "logout", "management", "metrics", "null",
			"problems", "prometheus", "readyz", "robots", "security", "sitemap", "static", "status", "swagger",
			"undefined", "webjars", "well-known");

	/**
	 * Checks the form of the code; a reserved one is a code, only that nobody may take
	 * it.
	 * @param value the code as it stands in the path
	 */
	public ShortCode {
		if (!COMPILED.matcher(value).matches()) {
			throw new IllegalArgumentException(
					"A code has 3 to 32 characters, of the letters A-Z and a-z, the digits, _ and -.");
		}
	}

	/**
	 * Returns a random code, which may be taken already.
	 * @param random where its 41 bits come from; must be unpredictable
	 */
	static ShortCode random(RandomGenerator random) {
		StringBuilder value = new StringBuilder(RANDOM_LENGTH);
		do {
			value.setLength(0);
			random.ints(RANDOM_LENGTH, 0, ALPHABET.length()).forEach((index) -> value.append(ALPHABET.charAt(index)));
		}
		while (isReserved(value.toString()));
		return new ShortCode(value.toString());
	}

	/**
	 * Says whether the code is a path of the application itself.
	 */
	boolean isReserved() {
		return isReserved(this.value);
	}

	private static boolean isReserved(String value) {
		return RESERVED.contains(value.toLowerCase(Locale.ROOT));
	}

	@Override
	public String toString() {
		return this.value;
	}

}
