package io.tandem.gateway.discovery;

import java.net.URI;
import java.util.Map;

import io.tandem.gateway.balance.Instance;
import io.tandem.gateway.setting.SettingException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * One entry of {@code spring.cloud.discovery.client.simple.instances}, as written.
 *
 * @param instanceId unique name of the instance
 * @param uri {@code http://host:port} or {@code https://host:port}
 * @param metadata {@code management-port}: the port of its actuator, default the one of
 * {@code uri}
 */
record ConfiguredInstance(@Nullable String instanceId, @Nullable URI uri, @DefaultValue Map<String, String> metadata) {

	private static final String MANAGEMENT_PORT = "management-port";

	/**
	 * Checks the entry.
	 * @param property name of the entry, for errors
	 */
	Instance toInstance(String property) {
		if (instanceId == null || instanceId.isBlank()) {
			throw invalid(property, "has no name", property + ".instance-id=web-app-1");
		}
		String example = property + ".uri=http://127.0.0.1:8101";
		if (uri == null) {
			throw invalid(property, "has no address", example);
		}
		boolean http = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
		if (!http || uri.getHost() == null || uri.getPort() == 0) {
			throw invalid(property, "has the address '" + uri + "', which is not http://host:port or https://host:port",
					example);
		}
		if (!uri.getRawPath().replace("/", "").isEmpty() || uri.getRawQuery() != null || uri.getRawUserInfo() != null) {
			throw invalid(property, "has the address '" + uri + "' with more than scheme, host and port", example);
		}
		URI base = withPort(uri, (uri.getPort() != -1) ? uri.getPort() : defaultPort(uri));
		return new Instance(instanceId, base, withPort(uri, managementPort(property, base.getPort())));
	}

	private int managementPort(String property, int fallback) {
		String configured = metadata.get(MANAGEMENT_PORT);
		if (configured == null) {
			return fallback;
		}
		try {
			int port = Integer.parseInt(configured);
			if (port > 0 && port <= 65535) {
				return port;
			}
		}
		catch (NumberFormatException ex) {
			// Reported below.
		}
		throw invalid(property, "has the management port '" + configured + "', which is not a port",
				property + ".metadata." + MANAGEMENT_PORT + "=9101");
	}

	private static int defaultPort(URI uri) {
		return "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
	}

	private static URI withPort(URI uri, int port) {
		return URI.create(uri.getScheme() + "://" + uri.getHost() + ":" + port);
	}

	private static SettingException invalid(String property, String problem, String example) {
		return new SettingException("The instance " + property + " " + problem + ".", "Set, for example: " + example);
	}

}
