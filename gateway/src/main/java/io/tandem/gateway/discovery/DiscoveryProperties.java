package io.tandem.gateway.discovery;

import java.time.Duration;

import io.tandem.gateway.setting.SettingException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Instances that are found instead of configured: each address of a host is one.
 *
 * @param host the name that is asked for, such as that of a headless Service; without it
 * the instances are those of {@code spring.cloud.discovery.client.simple.instances}
 * @param port the port of every instance
 * @param managementPort the port of their actuators; {@code port} unless set
 * @param interval how often the name is asked for
 * @param forgetAfter how long an instance stays that the answers no longer name
 * @param nameServer {@code host:port} of another name server than the system's
 */
@ConfigurationProperties("tandem.gateway.discovery")
record DiscoveryProperties(@Nullable String host, @Nullable Integer port, @Nullable Integer managementPort,
		@DefaultValue("1s") Duration interval, @DefaultValue("10s") Duration forgetAfter, @Nullable String nameServer) {

	private static final String PREFIX = "tandem.gateway.discovery.";

	DiscoveryProperties {
		if (host != null && port == null) {
			throw new SettingException(PREFIX + "host is set, but a name has no port.",
					"Set %1$sport to the port of every instance, for example %1$sport=8101.".formatted(PREFIX));
		}
		requirePort("port", port);
		requirePort("management-port", managementPort);
		if (!interval.isPositive() || forgetAfter.isNegative()) {
			throw new SettingException(
					"%1$sinterval is %2$s and %1$sforget-after is %3$s.".formatted(PREFIX, interval, forgetAfter),
					"Set the first to a positive duration such as 1s, the second to one such as 10s.");
		}
		if (nameServer != null && !nameServer.matches("[^:]+:\\d{1,5}")) {
			throw new SettingException(PREFIX + "name-server is '" + nameServer + "', which is not host:port.",
					"Set it to, for example, 127.0.0.1:53, or remove it to ask the system's name servers.");
		}
	}

	private static void requirePort(String name, @Nullable Integer port) {
		if (port != null && (port < 1 || port > 65535)) {
			throw new SettingException(PREFIX + name + " is " + port + ", which is no port.",
					"Set it to a number from 1 to 65535.");
		}
	}

	boolean isOn() {
		return host != null;
	}

}
