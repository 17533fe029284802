package io.tandem.gateway.health;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;

import io.tandem.gateway.setting.SettingException;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Active health checks.
 *
 * @param path path asked on the management port of each instance, perhaps with a query;
 * 200 passes
 * @param interval time between two checks of an instance
 * @param fastInterval the same while its state is about to change or in doubt
 * @param timeout time for connecting and answering
 * @param rise consecutive passed checks that bring an instance back into rotation
 * @param fall consecutive failed checks that take it out
 */
@ConfigurationProperties("tandem.gateway.health-check")
record HealthCheckProperties(@DefaultValue("/actuator/health/readiness") String path,
		@DefaultValue("1s") Duration interval, @DefaultValue("250ms") Duration fastInterval,
		@DefaultValue("1s") Duration timeout, @DefaultValue("2") int rise, @DefaultValue("2") int fall) {

	HealthCheckProperties {
		if (!isPath(path)) {
			throw new SettingException("tandem.gateway.health-check.path is '%s'.".formatted(path),
					"Set it to a path, for example /actuator/health/readiness.");
		}
		requirePositive("interval", interval);
		requirePositive("fast-interval", fastInterval);
		requirePositive("timeout", timeout);
		if (rise < 1 || fall < 1) {
			throw new SettingException("tandem.gateway.health-check.rise is %d and fall is %d.".formatted(rise, fall),
					"Set both to at least 1.");
		}
	}

	private static boolean isPath(String path) {
		try {
			return path.startsWith("/") && new URI(path).getRawAuthority() == null;
		}
		catch (URISyntaxException ex) {
			return false;
		}
	}

	private static void requirePositive(String name, Duration value) {
		if (!value.isPositive()) {
			throw new SettingException("tandem.gateway.health-check.%s is %s.".formatted(name, value),
					"Set it to a positive duration, for example 1s.");
		}
	}

}
