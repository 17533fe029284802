package io.tandem.gateway.proxy;

import java.net.InetAddress;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;

/**
 * Tells the instance who the client is: from its socket and its Host header, never from
 * what it claims. Runs after the removal of hop-by-hop headers, so that a client cannot
 * have these removed by naming them in its Connection header.
 */
final class ForwardedHeaders implements HttpHeadersFilter, Ordered {

	/**
	 * Names with which some proxy or other tells the client's address or the original
	 * URL.
	 */
	private static final Set<String> CLAIMS = Set.of("forwarded", "x-real-ip", "x-client-ip", "x-cluster-client-ip",
			"x-original-forwarded-for", "x-original-host", "x-original-url", "x-rewrite-url", "x-host", "x-url-scheme",
			"true-client-ip", "cf-connecting-ip", "fastly-client-ip", "front-end-https", "via");

	/** Meant for this hop: the gateway has already answered 100 Continue. */
	private static final Set<String> HOP_BY_HOP = Set.of("expect", "proxy-connection", "proxy");

	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

	@Override
	public HttpHeaders filter(HttpHeaders input, ServerWebExchange exchange) {
		ServerHttpRequest request = exchange.getRequest();
		HttpHeaders headers = new HttpHeaders();
		for (Map.Entry<String, List<String>> header : input.headerSet()) {
			if (isTrustworthy(header.getKey())) {
				headers.put(header.getKey(), header.getValue());
			}
		}
		String scheme = (request.getSslInfo() != null) ? "https" : "http";
		String host = Objects.requireNonNull(request.getHeaders().getFirst(HttpHeaders.HOST),
				"checked by RequestGuard");
		String client = address(Objects.requireNonNull(request.getRemoteAddress(), "a request has a client"));
		headers.set("X-Forwarded-For", client);
		headers.set("X-Forwarded-Proto", scheme);
		headers.set("X-Forwarded-Host", host);
		headers.set("X-Forwarded-Port", port(host, scheme));
		headers.set("Forwarded", "for=%s;host=\"%s\";proto=%s"
			.formatted((client.indexOf(':') != -1) ? "\"[" + client + "]\"" : client, host, scheme));
		markAbsent(headers, HttpHeaders.USER_AGENT);
		markAbsent(headers, HttpHeaders.ACCEPT);
		return headers;
	}

	private static boolean isTrustworthy(String name) {
		// Some servers read X_Forwarded_For as X-Forwarded-For.
		String normalized = name.toLowerCase(Locale.ROOT).replace('_', '-');
		return !normalized.startsWith("x-forwarded-") && !CLAIMS.contains(normalized)
				&& !HOP_BY_HOP.contains(normalized);
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

	/**
	 * Keeps the HTTP client from adding its own; removed again by
	 * {@link UpstreamClients}.
	 */
	private static void markAbsent(HttpHeaders headers, String name) {
		if (!headers.containsHeader(name)) {
			headers.set(name, "");
		}
	}

}
