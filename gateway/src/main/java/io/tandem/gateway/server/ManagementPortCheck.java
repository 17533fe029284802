package io.tandem.gateway.server;

import java.util.Objects;

import io.tandem.gateway.setting.SettingException;

import org.springframework.core.env.Environment;

/**
 * Keeps the actuator off the public port: equal ports would merge the two listeners.
 */
final class ManagementPortCheck {

	ManagementPortCheck(Environment environment) {
		String management = environment.getProperty("management.server.port");
		if (management == null || Objects.equals(management, environment.getProperty("server.port"))) {
			throw new SettingException(
					"management.server.port is " + management
							+ ", like server.port: the actuator would be reachable by every client.",
					"Set management.server.port to a port of its own, for example 9090.");
		}
	}

}
