package io.tandem.dbrouter.topology;

import java.util.concurrent.atomic.AtomicReference;

import io.tandem.dbrouter.gtid.GtidSet;

/**
 * What a node is known to have executed. It only grows, until the server behind the node
 * is another one or has lost its history.
 */
final class Watermark {

	private final AtomicReference<Level> level = new AtomicReference<>(Level.UNKNOWN);

	GtidSet executed() {
		return this.level.get().executed();
	}

	/** Adds what a session of the node was seen to have executed. */
	void advance(GtidSet transactions) {
		if (!executed().contains(transactions)) {
			this.level.updateAndGet((now) -> new Level(now.uuid(), now.probed(), now.executed().union(transactions)));
		}
	}

	/** Nothing is known any more. */
	void forget() {
		this.level.set(Level.UNKNOWN);
	}

	/** Takes over what a probe read: all that the server has executed by then. */
	void probed(String uuid, GtidSet transactions) {
		this.level.updateAndGet((now) -> {
			// Compared with the last probe: a session may have been ahead of this one.
			boolean sameHistory = now.uuid().equals(uuid) && transactions.contains(now.probed());
			return new Level(uuid, transactions, sameHistory ? now.executed().union(transactions) : transactions);
		});
	}

	private record Level(String uuid, GtidSet probed, GtidSet executed) {

		private static final Level UNKNOWN = new Level("", GtidSet.EMPTY, GtidSet.EMPTY);

	}

}
