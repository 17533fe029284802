package io.tandem.gateway.proxy;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * Which changes of protocol are passed on: WebSocket (RFC 6455) and nothing else.
 */
final class Upgrades {

	private Upgrades() {
	}

	static boolean isWebSocket(ServerHttpRequest request) {
		HttpHeaders headers = request.getHeaders();
		return "websocket".equalsIgnoreCase(headers.getUpgrade()) && HttpMethod.GET.equals(request.getMethod())
				&& headers.getConnection().stream().anyMatch("upgrade"::equalsIgnoreCase);
	}

}
