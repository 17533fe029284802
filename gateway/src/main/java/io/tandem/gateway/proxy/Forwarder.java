package io.tandem.gateway.proxy;

import java.util.List;

import io.tandem.gateway.balance.Balancer;
import io.tandem.gateway.upstream.Upstream;
import io.tandem.gateway.upstream.UpstreamProperties;

import org.springframework.http.MediaType;

/**
 * Carries requests to the instances that the balancer chooses, and their answers back.
 *
 * @param streamingTypes answers of these types are passed on without delay
 */
record Forwarder(Balancer balancer, Upstream upstream, UpstreamProperties limits, List<MediaType> streamingTypes) {

	Forwarder {
		streamingTypes = List.copyOf(streamingTypes);
	}

	/** Takes effect once it is subscribed to. */
	Forwarding forward(Client client) {
		return new Forwarding(this, client);
	}

}
