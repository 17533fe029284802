package io.tandem.gateway.discovery;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.netty.channel.EventLoop;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.dns.DnsAddressResolverGroup;
import io.netty.resolver.dns.SingletonDnsServerAddressStreamProvider;
import io.netty.util.NetUtil;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.HttpResources;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.LoopResources;
import reactor.netty.transport.NameResolverProvider.NameResolverSpec;

/**
 * Resolves the host names of instances and peers. A container or pod comes back with
 * another address, and name servers allow theirs to be kept for minutes, so an answer
 * counts for a second only.
 */
public final class HostNames {

	private static final Duration KEPT_FOR = Duration.ofSeconds(1);

	/** A name that nobody knows must not take longer than a host that is silent. */
	private static final Duration ANSWERED_WITHIN = Duration.ofMillis(500);

	/** Of several questions: to one name server after another, and in search domains. */
	private static final Duration LONGEST = Duration.ofSeconds(2);

	private final AddressResolverGroup<?> resolver;

	/**
	 * Creates it.
	 * @param nameServer {@code host:port} of a name server; null for the system's
	 */
	HostNames(@Nullable String nameServer) {
		this.resolver = Objects.requireNonNull(
				HttpClient.create().resolver((names) -> configure(names, nameServer)).configuration().resolver());
	}

	private static void configure(NameResolverSpec names, @Nullable String nameServer) {
		names.cacheMaxTimeToLive(KEPT_FOR).cacheNegativeTimeToLive(Duration.ZERO).queryTimeout(ANSWERED_WITHIN);
		if (nameServer != null) {
			int colon = nameServer.indexOf(':');
			InetSocketAddress address = new InetSocketAddress(nameServer.substring(0, colon),
					Integer.parseInt(nameServer.substring(colon + 1)));
			names.dnsAddressResolverGroupProvider((builder) -> new DnsAddressResolverGroup(
					builder.nameServerProvider(new SingletonDnsServerAddressStreamProvider(address))));
		}
	}

	/** The resolver for clients, which ask without blocking. */
	public AddressResolverGroup<?> resolver() {
		return resolver;
	}

	/**
	 * Finds all addresses of a host, in a stable order; of a host with both kinds those
	 * of IPv4, so that nobody is found twice. Waits for the answer, 2 s at most.
	 * @throws UnknownHostException if there is no address or no answer
	 */
	public List<InetAddress> addresses(String host) throws UnknownHostException {
		EventLoop loop = HttpResources.get().onClient(LoopResources.DEFAULT_NATIVE).next();
		try {
			List<InetAddress> all = resolver.getResolver(loop)
				.resolveAll(InetSocketAddress.createUnresolved(host, 0))
				.get(LONGEST.toMillis(), TimeUnit.MILLISECONDS)
				.stream()
				.map((address) -> ((InetSocketAddress) address).getAddress())
				.toList();
			boolean four = all.stream().anyMatch(Inet4Address.class::isInstance);
			return all.stream()
				.filter((address) -> !four || address instanceof Inet4Address)
				.distinct()
				.sorted(Comparator.comparing(NetUtil::toAddressString))
				.toList();
		}
		catch (ExecutionException | TimeoutException ex) {
			throw unknown(host, ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw unknown(host, ex);
		}
	}

	/**
	 * Makes the address of a server without a path.
	 * @param port the port; -1 for that of the scheme
	 */
	public static URI uri(String scheme, InetAddress address, int port) {
		try {
			// It knows that addresses of IPv6 need brackets.
			return new URI(scheme, null, NetUtil.toAddressString(address), port, null, null, null);
		}
		catch (URISyntaxException ex) {
			throw new IllegalArgumentException(ex);
		}
	}

	private static UnknownHostException unknown(String host, Exception cause) {
		UnknownHostException unknown = new UnknownHostException("The name servers know no address of " + host);
		unknown.initCause(cause);
		return unknown;
	}

}
