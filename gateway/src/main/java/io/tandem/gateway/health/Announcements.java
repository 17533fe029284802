package io.tandem.gateway.health;

import io.netty.handler.codec.http.HttpHeaders;
import io.tandem.gateway.balance.Announcement;
import io.tandem.gateway.balance.Instance;
import org.jspecify.annotations.Nullable;

/**
 * Reads what an instance says of itself from its readiness answer:
 * {@code X-Tandem-Weight} (0 to 256) and {@code X-Tandem-State: drain}. Anything else is
 * ignored.
 */
final class Announcements {

	private static final String WEIGHT = "X-Tandem-Weight";

	private static final String STATE = "X-Tandem-State";

	private Announcements() {
	}

	static Announcement read(HttpHeaders headers) {
		Integer weight = weight(headers.get(WEIGHT));
		boolean drain = "drain".equalsIgnoreCase(headers.get(STATE));
		return (weight == null && !drain) ? Announcement.NONE : new Announcement(weight, drain);
	}

	private static @Nullable Integer weight(@Nullable String text) {
		try {
			int weight = (text != null) ? Integer.parseInt(text) : -1;
			return (weight >= 0 && weight <= Instance.MAX_WEIGHT) ? (Integer) weight : null;
		}
		catch (NumberFormatException ex) {
			return null;
		}
	}

}
