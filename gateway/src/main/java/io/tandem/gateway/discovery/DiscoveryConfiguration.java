package io.tandem.gateway.discovery;

import io.tandem.gateway.balance.InstancePool;
import io.tandem.gateway.balance.RoundRobinSelector;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

@Configuration(proxyBeanMethods = false)
class DiscoveryConfiguration {

	/** The host of the route's {@code lb://} address. */
	private static final String SERVICE = "web-app";

	@Bean
	InstancePool instancePool(Environment environment) {
		return new InstancePool(ConfiguredInstances.of(SERVICE, environment), new RoundRobinSelector());
	}

}
