package io.tandem.gateway.server;

import io.tandem.gateway.setting.SettingException;
import org.jspecify.annotations.Nullable;

import org.springframework.core.env.Environment;

/**
 * Keeps the actuator off the public port: equal ports would merge the two listeners.
 */
final class ManagementPortCheck {

	ManagementPortCheck(Environment environment) {
		String management = environment.getProperty("management.server.port");
		if (management == null || isShared(management, environment.getProperty("server.port"))) {
			throw new SettingException(
					"management.server.port is " + management
							+ ", like server.port: the actuator would be reachable by every client.",
					"Set management.server.port to a port of its own, for example 9090.");
		}
	}

	/** 0 is a free one for each. */
	private static boolean isShared(String management, @Nullable String port) {
		return management.equals(port) && !management.equals("0");
	}

}
