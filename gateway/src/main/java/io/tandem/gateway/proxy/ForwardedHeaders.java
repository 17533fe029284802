package io.tandem.gateway.proxy;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Objects;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import io.tandem.gateway.protection.RawTarget;

/**
 * Tells the instance who the client is: from its socket and its Host header, never from
 * what it claims.
 *
 * @param host the Host header
 * @param forwarded all of it in one (RFC 7239)
 */
record ForwardedHeaders(String client, String scheme, String host, String port, String forwarded) {

	private static final AsciiString PREFIX = AsciiString.cached("x-forwarded-");

	private static final AsciiString FOR = AsciiString.cached("X-Forwarded-For");

	private static final AsciiString PROTO = AsciiString.cached("X-Forwarded-Proto");

	private static final AsciiString HOST = AsciiString.cached("X-Forwarded-Host");

	private static final AsciiString PORT = AsciiString.cached("X-Forwarded-Port");

	private static final AsciiString FORWARDED = AsciiString.cached("Forwarded");

	/**
	 * Names with which some proxy or other tells the client's address or the original
	 * URL, and those that are meant for this hop: the gateway has already answered 100
	 * Continue.
	 */
	private static final HttpHeaders CLAIMS = new DefaultHttpHeaders();
	static {
		for (String name : new String[] { "forwarded", "x-real-ip", "x-client-ip", "x-cluster-client-ip",
				"x-original-forwarded-for", "x-original-host", "x-original-url", "x-rewrite-url", "x-host",
				"x-url-scheme", "true-client-ip", "cf-connecting-ip", "fastly-client-ip", "front-end-https", "via",
				"expect", "proxy", RawTarget.HEADER }) {
			CLAIMS.set(name, "");
		}
	}

	/** Whether a client's header goes on to the instance. */
	static boolean isPassedOn(CharSequence name) {
		// Some servers read X_Forwarded_For as X-Forwarded-For.
		CharSequence plain = (AsciiString.indexOf(name, '_', 0) == -1) ? name : name.toString().replace('_', '-');
		return !AsciiString.regionMatches(plain, true, 0, PREFIX, 0, PREFIX.length()) && !CLAIMS.contains(plain)
				&& !HopByHop.contains(plain);
	}

	static ForwardedHeaders of(InetSocketAddress remote, String scheme, String host) {
		String client = address(remote);
		return new ForwardedHeaders(client, scheme, host, port(host, scheme),
				"for=" + ((client.indexOf(':') != -1) ? "\"[" + client + "]\"" : client) + ";host=\"" + host
						+ "\";proto=" + scheme);
	}

	void addTo(HttpHeaders headers) {
		headers.add(FOR, client);
		headers.add(PROTO, scheme);
		headers.add(HOST, host);
		headers.add(PORT, port);
		headers.add(FORWARDED, forwarded);
	}

	private static String address(InetSocketAddress remote) {
		InetAddress address = Objects.requireNonNull(remote.getAddress(), "a connected socket is resolved");
		String text = address.getHostAddress();
		int scope = (address instanceof Inet6Address) ? text.indexOf('%') : -1;
		return (scope != -1) ? text.substring(0, scope) : text;
	}

	private static String port(String host, String scheme) {
		int colon = host.lastIndexOf(':');
		if (colon > host.lastIndexOf(']')) {
			return host.substring(colon + 1);
		}
		return "https".equals(scheme) ? "443" : "80";
	}

}
