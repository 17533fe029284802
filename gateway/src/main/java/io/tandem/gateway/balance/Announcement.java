package io.tandem.gateway.balance;

import org.jspecify.annotations.Nullable;

/**
 * What an instance said about itself when it was last asked.
 *
 * @param weight 0 to 256, or null if it said nothing
 * @param drain whether it wants nothing new
 */
public record Announcement(@Nullable Integer weight, boolean drain) {

	public static final Announcement NONE = new Announcement(null, false);

}
