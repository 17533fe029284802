package io.tandem.gateway.discovery;

import java.time.Duration;
import java.util.Objects;

import io.netty.resolver.AddressResolverGroup;
import reactor.netty.http.client.HttpClient;

/**
 * Resolves the host names of instances and peers. A container or pod comes back with
 * another address, and name servers allow theirs to be kept for minutes, so an answer
 * counts for a second only.
 */
public final class HostNames {

	private static final Duration KEPT_FOR = Duration.ofSeconds(1);

	/** A name that nobody knows must not take longer than a host that is silent. */
	private static final Duration ANSWERED_WITHIN = Duration.ofMillis(500);

	private final AddressResolverGroup<?> resolver = Objects.requireNonNull(HttpClient.create()
		.resolver((names) -> names.cacheMaxTimeToLive(KEPT_FOR)
			.cacheNegativeTimeToLive(Duration.ZERO)
			.queryTimeout(ANSWERED_WITHIN))
		.configuration()
		.resolver());

	/** The resolver for clients, which ask without blocking. */
	public AddressResolverGroup<?> resolver() {
		return resolver;
	}

}
