package io.tandem.gateway.proxy;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Which changes of protocol are passed on: WebSocket (RFC 6455) and nothing else.
 */
final class Upgrades {

	private Upgrades() {
	}

	/**
	 * Whether a request asks for a WebSocket.
	 * @param upgrade the header {@code Upgrade}
	 * @param connection the values of {@code Connection}
	 */
	static boolean isWebSocket(String method, @Nullable String upgrade, List<String> connection) {
		if (!"websocket".equalsIgnoreCase(upgrade) || !"GET".equals(method)) {
			return false;
		}
		for (String value : connection) {
			for (String option : value.split(",", -1)) {
				if ("upgrade".equalsIgnoreCase(option.strip())) {
					return true;
				}
			}
		}
		return false;
	}

}
