package io.tandem.gateway.control;

import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records changes: a log line each, and the last ones in memory.
 */
public final class AuditLog {

	private static final Logger logger = LoggerFactory.getLogger(AuditLog.class);

	private static final int MOST = 500;

	private final Deque<AuditEvent> events = new ArrayDeque<>();

	private final Clock clock;

	private volatile Consumer<AuditEvent> listener = (event) -> {
	};

	AuditLog(Clock clock) {
		this.clock = clock;
	}

	/** Called after each event; must be quick. */
	public void onRecord(Consumer<AuditEvent> listener) {
		this.listener = listener;
	}

	public void record(Actor actor, String what) {
		logger.info("{} from {}: {}", actor.name(), actor.address(), what);
		AuditEvent event = new AuditEvent(clock.instant(), actor.name(), actor.address(), what);
		synchronized (events) {
			if (events.size() == MOST) {
				events.removeLast();
			}
			events.addFirst(event);
		}
		listener.accept(event);
	}

	/** The last events, newest first. */
	public List<AuditEvent> last(int limit) {
		synchronized (events) {
			return events.stream().limit(limit).toList();
		}
	}

}
