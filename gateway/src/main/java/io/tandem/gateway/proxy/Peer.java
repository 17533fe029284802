package io.tandem.gateway.proxy;

import java.net.InetSocketAddress;

import io.tandem.gateway.balance.ClientKey;
import org.jspecify.annotations.Nullable;

/**
 * The other end of a connection, and what is the same for all its requests. Confined to
 * an event loop.
 */
final class Peer {

	private final InetSocketAddress address;

	private final String scheme;

	private final long key;

	private @Nullable ForwardedHeaders last;

	Peer(InetSocketAddress address, String scheme) {
		this.address = address;
		this.scheme = scheme;
		this.key = ClientKey.of(address.getAddress());
	}

	InetSocketAddress address() {
		return address;
	}

	String scheme() {
		return scheme;
	}

	long key() {
		return key;
	}

	/** Made anew only when a request names another host than the one before. */
	ForwardedHeaders forwarded(String host) {
		ForwardedHeaders current = last;
		if (current == null || !current.host().equals(host)) {
			current = ForwardedHeaders.of(address, scheme, host);
			last = current;
		}
		return current;
	}

}
