package io.tandem.gateway.protection;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.NetUtil;
import io.tandem.gateway.firewall.CidrSet;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.server.ConnectionInfo;

/**
 * Believes in {@code X-Forwarded-For} and {@code X-Forwarded-Proto} what proxies in
 * configured networks say: the client is the rightmost address that is no such proxy.
 * What stands further left, anybody can have written.
 */
final class TrustedProxies {

	private static final String FORWARDED_FOR = "X-Forwarded-For";

	private static final String FORWARDED_PROTO = "X-Forwarded-Proto";

	private final CidrSet networks;

	TrustedProxies(CidrSet networks) {
		this.networks = networks;
	}

	boolean isEmpty() {
		return networks.isEmpty();
	}

	boolean contains(InetAddress peer) {
		return networks.contains(peer);
	}

	/**
	 * The client behind a proxy that is one of these; the proxy itself if it does not
	 * say, or nothing that could be read.
	 */
	InetAddress client(InetAddress peer, HttpHeaders headers) {
		return find(peer, headers).address();
	}

	/** Likewise, and whether the client is known. */
	ForwardedClient find(InetAddress peer, HttpHeaders headers) {
		InetAddress client = peer;
		List<String> lines = headers.getAll(FORWARDED_FOR);
		for (int line = lines.size() - 1; line >= 0; line--) {
			String[] hops = lines.get(line).split(",", -1);
			for (int hop = hops.length - 1; hop >= 0; hop--) {
				InetAddress address = address(hops[hop].trim());
				if (address == null) {
					return new ForwardedClient(client, false);
				}
				client = address;
				if (!networks.contains(client)) {
					return new ForwardedClient(client, true);
				}
			}
		}
		return new ForwardedClient(client, true);
	}

	private static @Nullable InetAddress address(String hop) {
		byte[] bytes = NetUtil.createByteArrayFromIpAddressString(withoutPort(hop));
		if (bytes == null) {
			return null;
		}
		try {
			return InetAddress.getByAddress(bytes);
		}
		catch (UnknownHostException ex) {
			throw new IllegalStateException("An address has 4 or 16 bytes", ex);
		}
	}

	/** Some write {@code 192.0.2.1:1234} or {@code [2001:db8::1]:1234}. */
	private static String withoutPort(String hop) {
		if (hop.startsWith("[")) {
			int end = hop.indexOf(']');
			return (end != -1) ? hop.substring(1, end) : hop;
		}
		int colon = hop.indexOf(':');
		return (colon != -1 && colon == hop.lastIndexOf(':')) ? hop.substring(0, colon) : hop;
	}

	/** Tells WebFlux and Reactor Netty. */
	ConnectionInfo apply(ConnectionInfo connection, HttpRequest request) {
		InetSocketAddress peer = connection.getRemoteAddress();
		if (peer == null || !contains(peer.getAddress())) {
			return connection;
		}
		InetAddress client = client(peer.getAddress(), request.headers());
		ConnectionInfo result = connection.withRemoteAddress(new InetSocketAddress(client, peer.getPort()));
		String scheme = scheme(request);
		return scheme.equals("https") || scheme.equals("http") ? result.withScheme(scheme) : result;
	}

	/** Whether the client behind a proxy that is one of these came over HTTPS. */
	static boolean isSecure(HttpRequest request) {
		return scheme(request).equals("https");
	}

	private static String scheme(HttpRequest request) {
		List<String> schemes = request.headers().getAll(FORWARDED_PROTO);
		return (schemes.size() == 1) ? schemes.getFirst().trim().toLowerCase(Locale.ROOT) : "";
	}

}
