package io.tandem.cluster.network;

import java.util.ArrayList;
import java.util.List;

/**
 * Counts for a proxy.
 */
final class Tally {

	private static final int KEPT = 10_000;

	private final List<ClientCommand> commands = new ArrayList<>();

	private long connections;

	private long count;

	private long roundTrips;

	synchronized void opened() {
		this.connections++;
	}

	synchronized void sent(ClientCommand command, boolean first) {
		this.count++;
		if (first) {
			this.roundTrips++;
		}
		if (this.commands.size() < KEPT) {
			this.commands.add(command);
		}
	}

	synchronized Traffic traffic() {
		return new Traffic(this.connections, this.count, this.roundTrips, this.commands);
	}

	synchronized void reset() {
		this.commands.clear();
		this.connections = 0;
		this.count = 0;
		this.roundTrips = 0;
	}

}
