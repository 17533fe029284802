package io.tandem.dbrouter.autoconfigure;

import java.util.Map;

import io.tandem.dbrouter.topology.DnsProvider;
import io.tandem.dbrouter.topology.GroupReplicationProvider;
import io.tandem.dbrouter.topology.NodeSettings;
import io.tandem.dbrouter.topology.NodeUrl;
import io.tandem.dbrouter.topology.TopologyMonitor;
import io.tandem.dbrouter.topology.TopologyProvider;

/**
 * Chooses where the nodes come from.
 */
final class Providers {

	private Providers() {
	}

	static TopologyProvider of(DbRouterProperties properties, NodeSettings settings, TopologyMonitor monitor) {
		Map<String, NodeUrl> configured = ConfiguredNodes.check(properties.nodes());
		return switch (properties.topology().provider()) {
			case CONFIGURED -> Map::of;
			case GROUP_REPLICATION ->
				new GroupReplicationProvider(configured, monitor, settings.monitor(), settings.probeTimeout());
			case DNS -> new DnsProvider(configured);
		};
	}

}
