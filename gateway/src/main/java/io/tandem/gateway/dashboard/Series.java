package io.tandem.gateway.dashboard;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The last minutes, a point a second, so that a page that opens has something to show.
 */
final class Series {

	static final int MOST = 300;

	private final Deque<Point> points = new ArrayDeque<>();

	/**
	 * The whole cluster in one second.
	 *
	 * @param time in seconds since 1970
	 * @param p50 of the times of answers in milliseconds, or null if there were none
	 * @param lag of the replica that is furthest behind, in milliseconds, or null
	 */
	record Point(double time, double requests, double errors, @Nullable Double p50, @Nullable Double p99,
			@Nullable Double lag) {

	}

	synchronized void add(Point point) {
		if (points.size() == MOST) {
			points.removeFirst();
		}
		points.addLast(point);
	}

	synchronized List<Point> all() {
		return List.copyOf(points);
	}

}
