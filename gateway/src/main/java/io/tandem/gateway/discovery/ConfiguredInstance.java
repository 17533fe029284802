package io.tandem.gateway.discovery;

import java.net.URI;
import java.util.Map;

import io.tandem.gateway.balance.AdminState;
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
 * {@code uri}; {@code weight}: 0 to 256, default 1; {@code state}: default {@code ready}
 */
record ConfiguredInstance(@Nullable String instanceId, @Nullable URI uri, @DefaultValue Map<String, String> metadata) {

	private static final String MANAGEMENT_PORT = "management-port";

	private static final String WEIGHT = "weight";

	private static final String STATE = "state";

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
		int managementPort = number(property, MANAGEMENT_PORT, base.getPort(), 1, 65535, "the management port", 9101);
		return new Instance(instanceId, base, withPort(uri, managementPort),
				number(property, WEIGHT, 1, 0, Instance.MAX_WEIGHT, "the weight", 1), state(property));
	}

	private int number(String property, String name, int fallback, int least, int most, String title, int example) {
		String configured = metadata.get(name);
		if (configured == null) {
			return fallback;
		}
		try {
			int number = Integer.parseInt(configured);
			if (number >= least && number <= most) {
				return number;
			}
		}
		catch (NumberFormatException ex) {
			// Reported below.
		}
		throw invalid(property,
				"has %s '%s', which is not a number from %d to %d".formatted(title, configured, least, most),
				property + ".metadata." + name + "=" + example);
	}

	private AdminState state(String property) {
		String configured = metadata.get(STATE);
		if (configured == null) {
			return AdminState.READY;
		}
		for (AdminState state : AdminState.values()) {
			if (state.text().equalsIgnoreCase(configured)) {
				return state;
			}
		}
		throw invalid(property,
				"has the state '" + configured + "', which is none of ready, standby, drain and maintenance",
				property + ".metadata." + STATE + "=standby");
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
