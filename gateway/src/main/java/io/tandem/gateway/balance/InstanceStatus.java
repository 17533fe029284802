package io.tandem.gateway.balance;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * One instance as the balancing sees it at one moment.
 *
 * @param id its name
 * @param weight what counts: an operator's, else its own, else the configured one
 * @param share the percentage of new requests that its weight gives it now, slow start
 * included; 0 while it waits
 * @param state what counts, likewise
 * @param available whether it works as far as is known
 * @param inRotation whether it takes new requests
 * @param waiting why it takes none, or null
 * @param takesNew whether any new request may come to it: also for want of others, with
 * too small a share to be shown, or of a client that returns. Not what is tried when all
 * others have failed
 * @param slowStart whether its share is still growing
 * @param inFlight requests under way, to the end of their bodies
 * @param oldestMillis age of the oldest of them in milliseconds, or null
 * @param picks attempts since the start
 * @param setByOperator {@code weight}, {@code state}, both or nothing
 * @param announced what the instance says of itself
 */
public record InstanceStatus(String id, String uri, int weight, double share, String state, boolean available,
		boolean inRotation, @Nullable String waiting, boolean takesNew, boolean slowStart, int inFlight,
		@Nullable Long oldestMillis, long picks, List<String> setByOperator, Announcement announced) {

	/** Whether the instance can be stopped without a request noticing. */
	public boolean isSafeToStop() {
		return !takesNew && inFlight == 0;
	}

}
