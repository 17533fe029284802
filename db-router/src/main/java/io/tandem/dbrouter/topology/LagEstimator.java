package io.tandem.dbrouter.topology;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import io.tandem.dbrouter.gtid.GtidSet;
import org.jspecify.annotations.Nullable;

/**
 * Tells how far a replica is behind, in two ways of which the longer counts:
 * <ul>
 * <li>The replica says when the change that it applies now was committed. That is exact
 * to the microsecond but knows nothing of changes that have not arrived, and a receiver
 * takes up to a minute to notice a dead line.</li>
 * <li>We have seen what the primary had executed and when, and the replica lacks some of
 * it. That is exact to a probe's interval but sees everything.</li>
 * </ul>
 * All times are of the primary's clock, read with each probe: the replica's may be wrong.
 * While the primary is gone its clock stands still, and so does the lag. Not thread-safe.
 */
final class LagEstimator {

	private static final int LONGEST_HISTORY = 256;

	private final Deque<Seen> history = new ArrayDeque<>();

	private @Nullable String source;

	private @Nullable Server clock;

	private long lastSeenAt;

	/**
	 * Takes note of what the primary has executed.
	 * @param name the primary's name
	 * @param observation what was seen
	 * @param at when the probe began, in {@link System#nanoTime()}
	 */
	void primarySeen(String name, Observation observation, long at) {
		if (!name.equals(this.source)) {
			// Changes that only the former primary had would be missed for ever.
			this.history.clear();
			this.source = name;
		}
		this.clock = observation.server();
		this.lastSeenAt = at;
		GtidSet executed = observation.transactions().executed();
		Seen last = this.history.peekLast();
		if (last != null && !executed.contains(last.executed())) {
			this.history.clear();
			last = null;
		}
		if (last == null || !last.executed().equals(executed)) {
			this.history.addLast(new Seen(at, executed));
			thinOut();
		}
	}

	private void thinOut() {
		if (this.history.size() > LONGEST_HISTORY) {
			List<Seen> all = new ArrayList<>(this.history);
			this.history.clear();
			for (int i = 0; i < all.size(); i++) {
				if (i % 2 == 0 || i == all.size() - 1) {
					this.history.addLast(all.get(i));
				}
			}
		}
	}

	/**
	 * Estimates the lag of a replica.
	 * @param observation what was seen of it
	 * @param at when the probe began, in {@link System#nanoTime()}
	 * @param primaryAlive whether there is a primary now
	 * @return the lag, {@code null} if no primary was ever seen
	 */
	@Nullable Lag estimate(Observation observation, long at, boolean primaryAlive) {
		Server primary = this.clock;
		if (primary == null) {
			return null;
		}
		// Later than the last look at the primary nothing is known to be missing.
		long now = (primaryAlive || at - this.lastSeenAt < 0) ? at : this.lastSeenAt;
		long nanos = Math.max(sinceCommit(observation, primary.clockAt(now)), sinceSeen(observation, now));
		return new Lag(Duration.ofNanos(nanos), missing(observation));
	}

	private static long sinceCommit(Observation observation, long primaryClock) {
		long oldest = 0;
		for (Channel channel : observation.channels()) {
			if (!channel.allApplied() && channel.pendingSince() > 0) {
				oldest = Math.max(oldest, (primaryClock - channel.pendingSince()) * 1000);
			}
		}
		return oldest;
	}

	private long sinceSeen(Observation observation, long now) {
		GtidSet executed = observation.transactions().executed();
		for (Seen seen : this.history) {
			if (!executed.contains(seen.executed())) {
				return Math.max(0, now - seen.at());
			}
		}
		return 0;
	}

	private long missing(Observation observation) {
		Seen last = this.history.peekLast();
		return (last != null) ? last.executed().minus(observation.transactions().executed()).size() : 0;
	}

	/**
	 * What the primary had executed.
	 *
	 * @param at when
	 * @param executed what
	 */
	private record Seen(long at, GtidSet executed) {
	}

}
