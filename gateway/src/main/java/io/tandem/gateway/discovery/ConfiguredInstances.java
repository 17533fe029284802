package io.tandem.gateway.discovery;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.tandem.gateway.balance.Instance;
import io.tandem.gateway.setting.SettingException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * Reads the instances of a service from the properties of Spring Cloud's simple discovery
 * client. Its discovery client itself is switched off: this list never changes while the
 * gateway runs, and a mistake in it must stop the start.
 */
final class ConfiguredInstances {

	private static final String PREFIX = "spring.cloud.discovery.client.simple.instances.";

	private ConfiguredInstances() {
	}

	static List<Instance> of(String service, Environment environment) {
		String property = PREFIX + service;
		List<ConfiguredInstance> configured = bind(property, environment);
		if (configured.isEmpty()) {
			throw new SettingException("No instance of '" + service + "' is configured to balance over.",
					"Name each of them, for example:%n%n    %2$s[0].instance-id=%1$s-1%n    %2$s[0].uri=http://127.0.0.1:8101%n"
						.formatted(service, property) + "    %s[0].metadata.management-port=9101".formatted(property));
		}
		List<Instance> instances = new ArrayList<>();
		for (int i = 0; i < configured.size(); i++) {
			instances.add(configured.get(i).toInstance(property + "[" + i + "]"));
		}
		requireDistinct(instances, property);
		return List.copyOf(instances);
	}

	/**
	 * Those that are found elsewhere must not hide any that somebody has written down.
	 */
	static void requireNone(String service, Environment environment) {
		String property = PREFIX + service;
		if (!bind(property, environment).isEmpty()) {
			throw new SettingException(
					"Instances are configured under %s, and tandem.gateway.discovery.host is set too."
						.formatted(property),
					"Remove one of the two. To take the list of another file back, set %s= (empty)."
						.formatted(property));
		}
	}

	private static List<ConfiguredInstance> bind(String property, Environment environment) {
		return Binder.get(environment).bind(property, Bindable.listOf(ConfiguredInstance.class)).orElse(List.of());
	}

	private static void requireDistinct(List<Instance> instances, String property) {
		Map<String, Integer> ids = new HashMap<>();
		Map<URI, Integer> uris = new HashMap<>();
		for (int i = 0; i < instances.size(); i++) {
			Instance instance = instances.get(i);
			requireNew(ids.putIfAbsent(instance.id(), i), i, "name '" + instance.id() + "'", property);
			requireNew(uris.putIfAbsent(instance.uri(), i), i, "address '" + instance.uri() + "'", property);
		}
	}

	private static void requireNew(@Nullable Integer first, int second, String what, String property) {
		if (first != null) {
			throw new SettingException(
					"%1$s[%2$d] and %1$s[%3$d] have the same %4$s.".formatted(property, first, second, what),
					"Give each instance its own name and its own address, or remove one of the two.");
		}
	}

}
