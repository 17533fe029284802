package io.tandem.benchmarks.dbrouter;

import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.tandem.benchmarks.dbrouter.peer.Kind;

/**
 * What one transaction of each kind costs on the network.
 *
 * @param waited round trips that the caller waits for
 * @param commands commands sent for it, whether somebody waits for them or not
 */
record RoundTrips(Map<Kind, Long> waited, Map<Kind, Double> commands) {

	/** Long compared with all else that a transaction does. */
	private static final Duration DELAY = Duration.ofMillis(50);

	private static final int WARM_UP = 200;

	private static final int COUNT = 40;

	private static final int DELAYED = 10;

	/** Commands that nobody waits for come later. */
	private static final long SETTLED_MILLIS = 200;

	static RoundTrips measure(PeerProcess peer, Arena arena) throws IOException, InterruptedException {
		Map<Kind, Long> waited = new EnumMap<>(Kind.class);
		Map<Kind, Double> commands = new EnumMap<>(Kind.class);
		for (Kind kind : Kind.values()) {
			arena.delay(Duration.ZERO);
			double undelayed = peer.calls(kind, WARM_UP).leastMicros();
			commands.put(kind, commands(peer, kind, arena));
			arena.delay(DELAY);
			double delayed = peer.calls(kind, DELAYED).leastMicros();
			waited.put(kind, Math.round((delayed - undelayed) * 1e3 / DELAY.toNanos()));
		}
		arena.delay(Duration.ZERO);
		return new RoundTrips(waited, commands);
	}

	private static double commands(PeerProcess peer, Kind kind, Arena arena) throws IOException, InterruptedException {
		TimeUnit.MILLISECONDS.sleep(SETTLED_MILLIS);
		arena.resetCommands();
		peer.calls(kind, COUNT);
		TimeUnit.MILLISECONDS.sleep(SETTLED_MILLIS);
		return arena.commands().per(COUNT);
	}

}
