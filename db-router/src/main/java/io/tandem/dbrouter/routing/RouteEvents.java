package io.tandem.dbrouter.routing;

import java.time.Duration;
import java.util.List;

import io.tandem.dbrouter.NodeUse;
import io.tandem.dbrouter.NodeUseListener;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Tells the listeners what was decided and done. What they throw is logged.
 */
final class RouteEvents {

	private static final Log logger = LogFactory.getLog(RouteEvents.class);

	private final List<NodeUseListener> useListeners;

	private final List<RouteListener> routeListeners;

	RouteEvents(List<NodeUseListener> useListeners, List<RouteListener> routeListeners) {
		this.useListeners = List.copyOf(useListeners);
		this.routeListeners = List.copyOf(routeListeners);
	}

	/** Gives what is to be done when the connection was given back. */
	Runnable routed(Route route) {
		Runnable atEnd = RouteListener.NOTHING;
		for (RouteListener listener : this.routeListeners) {
			try {
				Runnable more = listener.routed(route.node().name(), route.role(), route.reason());
				atEnd = both(atEnd, more);
			}
			catch (RuntimeException ex) {
				logger.warn("A RouteListener failed", ex);
			}
		}
		return atEnd;
	}

	@SuppressWarnings("ReferenceEquality")
	private static Runnable both(Runnable one, Runnable other) {
		if (one == RouteListener.NOTHING) {
			return other;
		}
		return (other == RouteListener.NOTHING) ? one : () -> {
			one.run();
			other.run();
		};
	}

	void used(Route route, long takenAt, Runnable atEnd) {
		try {
			atEnd.run();
		}
		catch (RuntimeException ex) {
			logger.warn("A RouteListener failed", ex);
		}
		if (this.useListeners.isEmpty()) {
			return;
		}
		NodeUse use = new NodeUse(route.node().name(), route.role(), route.reason().text(),
				Duration.ofNanos(System.nanoTime() - takenAt));
		for (NodeUseListener listener : this.useListeners) {
			try {
				listener.nodeUsed(use);
			}
			catch (RuntimeException ex) {
				logger.warn("A NodeUseListener failed", ex);
			}
		}
	}

}
