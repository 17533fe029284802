package io.tandem.gateway.dashboard;

import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The last events. Adding one takes no time: called under locks of others.
 */
final class EventLog {

	static final int MOST = 200;

	private final Deque<Event> events = new ArrayDeque<>();

	private final Clock clock;

	private long added;

	EventLog(Clock clock) {
		this.clock = clock;
	}

	synchronized void add(Event.Kind kind, String text) {
		if (events.size() == MOST) {
			events.removeFirst();
		}
		added++;
		events.addLast(new Event(added, clock.millis(), kind, text));
	}

	/** All that are kept, the oldest first. */
	synchronized List<Event> all() {
		return List.copyOf(events);
	}

	/** Those of the last so many milliseconds. */
	synchronized List<Event> since(long millis) {
		long from = clock.millis() - millis;
		return events.stream().filter((event) -> event.timeMillis() >= from).toList();
	}

}
