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

	void routed(Route route) {
		for (RouteListener listener : this.routeListeners) {
			try {
				listener.routed(route.node().name(), route.role(), route.reason());
			}
			catch (RuntimeException ex) {
				logger.warn("A RouteListener failed", ex);
			}
		}
	}

	void used(Route route, long takenAt) {
		if (this.useListeners.isEmpty()) {
			return;
		}
		NodeUse use = new NodeUse(route.node().name(), route.role(), Duration.ofNanos(System.nanoTime() - takenAt));
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
