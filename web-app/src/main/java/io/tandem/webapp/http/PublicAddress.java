package io.tandem.webapp.http;

import java.net.URI;

import io.tandem.webapp.link.ShortCode;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.web.util.UriComponentsBuilder;

/**
 * The address under which the client knows the shortener: that of the gateway, from its
 * X-Forwarded headers, which Tomcat accepts from private networks only.
 *
 * @param uri scheme, host and, unless it is the scheme's own, port
 */
public record PublicAddress(URI uri) {

	/**
	 * Reads the address from a request.
	 * @param request the request
	 * @return the address
	 */
	public static PublicAddress of(HttpServletRequest request) {
		boolean https = "https".equals(request.getScheme());
		int port = (request.getServerPort() == (https ? 443 : 80)) ? -1 : request.getServerPort();
		return new PublicAddress(UriComponentsBuilder.newInstance()
			.scheme(https ? "https" : "http")
			.host(request.getServerName())
			.port(port)
			.build()
			.toUri());
	}

	/**
	 * Returns the short link.
	 * @param code its code
	 * @return the whole URL
	 */
	public URI shortUrl(String code) {
		return this.uri.resolve("/" + new ShortCode(code));
	}

}
