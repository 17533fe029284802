package io.tandem.dbrouter.topology;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.TreeMap;

/**
 * Takes each address of the configured hosts for a node, as of a headless service in
 * Kubernetes. Java keeps addresses for {@code networkaddress.cache.ttl}, 30 s by default.
 */
public final class DnsProvider implements TopologyProvider {

	private final Map<String, NodeUrl> configured;

	/**
	 * Creates a provider.
	 * @param configured the URLs whose hosts are looked up, by name
	 */
	public DnsProvider(Map<String, NodeUrl> configured) {
		this.configured = Map.copyOf(configured);
	}

	@Override
	public Map<String, NodeUrl> nodes() throws UnknownHostException {
		Map<String, NodeUrl> nodes = new TreeMap<>();
		for (Map.Entry<String, NodeUrl> entry : this.configured.entrySet()) {
			NodeUrl url = entry.getValue();
			for (InetAddress address : InetAddress.getAllByName(url.host())) {
				nodes.put(entry.getKey() + "-" + address.getHostAddress(),
						url.at(address.getHostAddress(), url.port()));
			}
		}
		return nodes;
	}

}
