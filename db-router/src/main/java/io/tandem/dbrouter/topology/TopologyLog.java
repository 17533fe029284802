package io.tandem.dbrouter.topology;

import java.util.Objects;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Writes one line for each change that a person should know of.
 */
final class TopologyLog {

	private static final Log logger = LogFactory.getLog(TopologyMonitor.class);

	private TopologyLog() {
	}

	static void changed(Topology before, Topology after) {
		for (NodeStatus now : after.nodes()) {
			NodeState was = before.node(now.name()).map(NodeStatus::state).orElse(NodeState.UNKNOWN);
			if (was != now.state()) {
				nodeChanged(was, now);
			}
		}
		if (!Objects.equals(before.primary(), after.primary())) {
			if (after.primary() != null) {
				logger.info("Writes go to " + after.primary());
			}
			else {
				logger.warn("Writes fail: there is no primary (" + after.describe() + ")");
			}
		}
		if (after.semiSync() == SemiSync.FALLEN_BACK && before.semiSync() != SemiSync.FALLEN_BACK) {
			logger.warn("Semi-synchronous replication of " + after.primary()
					+ " fell back to asynchronous: a failover now may lose acknowledged writes");
		}
		else if (after.semiSync() == SemiSync.ACTIVE && before.semiSync() == SemiSync.FALLEN_BACK) {
			logger.info("Semi-synchronous replication of " + after.primary() + " is active again");
		}
	}

	private static void nodeChanged(NodeState was, NodeStatus now) {
		String line = now.name() + ": " + was + " -> " + now.state() + ", " + now.reason()
				+ ((now.lastError() != null) ? ": " + now.lastError() : "");
		switch (now.state()) {
			case DETACHED -> {
				if (now.reason().contains("writable")) {
					logger.error(line);
				}
				else {
					logger.warn(line);
				}
			}
			case DOWN, UNKNOWN -> logger.warn(line);
			default -> logger.info(line);
		}
	}

}
