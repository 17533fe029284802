package io.tandem.gateway.proxy;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import io.tandem.gateway.protection.RawTarget;

/**
 * Tells the instance who the client is: from its socket and its Host header, never from
 * what it claims.
 */
final class ForwardedHeaders {

	private static final AsciiString PREFIX = AsciiString.cached("x-forwarded-");

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

	private final String host;

	/** As they are sent. */
	private final byte[] lines;

	private ForwardedHeaders(String host, byte[] lines) {
		this.host = host;
		this.lines = lines;
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
		String node = (client.indexOf(':') != -1) ? "\"[" + client + "]\"" : client;
		String lines = "X-Forwarded-For: " + client + "\r\nX-Forwarded-Proto: " + scheme + "\r\nX-Forwarded-Host: "
				+ host + "\r\nX-Forwarded-Port: " + port(host, scheme) + "\r\nForwarded: for=" + node + ";host=\""
				+ host + "\";proto=" + scheme + "\r\n";
		return new ForwardedHeaders(host, lines.getBytes(StandardCharsets.ISO_8859_1));
	}

	/** The Host header they were made of. */
	String host() {
		return host;
	}

	void writeTo(ByteBuf head) {
		head.writeBytes(lines);
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
