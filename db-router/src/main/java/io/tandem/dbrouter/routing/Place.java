package io.tandem.dbrouter.routing;

import java.sql.SQLException;
import java.util.concurrent.Semaphore;

import org.jspecify.annotations.Nullable;

/**
 * The place that a unit of work takes on a node, from before it asks for a connection
 * until it has given it back. What waits for a connection counts too, or everybody would
 * run to a node whose connections are all taken.
 */
final class Place {

	private final Member member;

	private final @Nullable Semaphore permit;

	private final long takenAt = System.nanoTime();

	private boolean left;

	private Place(Member member, @Nullable Semaphore permit) {
		this.member = member;
		this.permit = permit;
		member.entered();
	}

	static Place take(Route route, FallbackLimit limit) throws SQLException {
		return new Place(route.member(), limit.enter(route));
	}

	long takenAt() {
		return this.takenAt;
	}

	void leave() {
		if (!this.left) {
			this.left = true;
			this.member.left();
			if (this.permit != null) {
				this.permit.release();
			}
		}
	}

}
