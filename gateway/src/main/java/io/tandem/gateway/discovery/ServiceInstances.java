package io.tandem.gateway.discovery;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Objects;

import io.netty.util.NetUtil;
import io.tandem.gateway.balance.Instance;

/**
 * The instances behind the name of a service: each of its addresses is one.
 */
final class ServiceInstances {

	private final String service;

	private final DiscoveryProperties properties;

	private final HostNames names;

	/**
	 * Creates it.
	 * @param service what the names of the instances begin with
	 */
	ServiceInstances(String service, DiscoveryProperties properties, HostNames names) {
		this.service = service;
		this.properties = properties;
		this.names = names;
	}

	/** Asks who is there now. */
	List<Instance> ask() throws UnknownHostException {
		return names.addresses(Objects.requireNonNull(properties.host())).stream().map(this::instance).toList();
	}

	private Instance instance(InetAddress address) {
		int port = Objects.requireNonNull(properties.port());
		Integer management = properties.managementPort();
		// A colon would end the name in a path.
		return new Instance(service + "-" + NetUtil.toAddressString(address).replace(':', '-'),
				HostNames.uri("http", address, port),
				HostNames.uri("http", address, (management != null) ? management : port));
	}

	@Override
	public String toString() {
		return String.valueOf(properties.host());
	}

}
