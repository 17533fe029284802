package io.tandem.gateway.upstream;

import java.util.ArrayList;
import java.util.List;

/**
 * The connections of one event loop that carry a call. Looking through all of them now
 * and then costs less than a timer for each request.
 */
final class Deadlines {

	private final List<UpstreamConnection> busy = new ArrayList<>();

	void add(UpstreamConnection connection) {
		connection.index(busy.size());
		busy.add(connection);
	}

	void remove(UpstreamConnection connection) {
		UpstreamConnection last = busy.removeLast();
		if (last != connection) {
			busy.set(connection.index(), last);
			last.index(connection.index());
		}
	}

	void expire(long now) {
		for (int i = busy.size() - 1; i >= 0; i--) {
			// What a failure sets off may have removed more.
			if (i < busy.size()) {
				UpstreamConnection connection = busy.get(i);
				if (connection.deadline() != 0 && now - connection.deadline() >= 0) {
					connection.expire();
				}
			}
		}
	}

	boolean isEmpty() {
		return busy.isEmpty();
	}

}
