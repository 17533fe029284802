package io.tandem.dbrouter.consistency;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.tandem.dbrouter.topology.Node;
import io.tandem.dbrouter.topology.TopologyMonitor;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Says once of each node without GTIDs what that means.
 */
public final class GtidModeLog {

	private static final Log logger = LogFactory.getLog(GtidModeLog.class);

	private final TopologyMonitor monitor;

	private final Set<String> told = ConcurrentHashMap.newKeySet();

	/**
	 * Creates the log and lets it listen.
	 * @param monitor knows the nodes
	 */
	public GtidModeLog(TopologyMonitor monitor) {
		this.monitor = monitor;
		monitor.addListener((topology) -> look());
		look();
	}

	private void look() {
		for (Node node : this.monitor.nodes()) {
			if (!node.numbersTransactions() && this.told.add(node.name())) {
				logger.warn("gtid_mode is not ON at " + node + ", so nobody knows which writes a replica has: "
						+ "reads at the level session or instance use the primary. Set gtid_mode=ON and "
						+ "enforce_gtid_consistency=ON on all servers, or db-router.consistency.level=eventual");
			}
		}
	}

}
