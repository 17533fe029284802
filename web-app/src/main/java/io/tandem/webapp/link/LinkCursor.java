package io.tandem.webapp.link;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * A place in the list of links, right after one of them. It stays where it is when links
 * come and go. Clients get it as text and should not look inside.
 *
 * @param id the link before the place
 */
public record LinkCursor(long id) {

	private static final LinkCursor START = new LinkCursor(Long.MAX_VALUE);

	private static final Pattern COMPILED = Pattern.compile("[0-9a-z]{1,12}");

	/**
	 * Reads a cursor.
	 * @param text what {@link #toString()} returned; {@code null} is the start of the
	 * list
	 * @return the place
	 * @throws IllegalArgumentException if no list gave it out, with a message for the
	 * client
	 */
	public static LinkCursor parse(@Nullable String text) {
		if (text == null) {
			return START;
		}
		if (!COMPILED.matcher(text).matches()) {
			throw new IllegalArgumentException("No list gave out this value of 'after'. Take it from 'next'.");
		}
		return new LinkCursor(Long.parseLong(text, Character.MAX_RADIX));
	}

	@Override
	public String toString() {
		return Long.toString(this.id, Character.MAX_RADIX);
	}

}
