package io.tandem.gateway.discovery;

import java.net.UnknownHostException;
import java.util.List;

import io.tandem.gateway.balance.AttemptListener;
import io.tandem.gateway.balance.Balancer;
import io.tandem.gateway.balance.Instance;
import io.tandem.gateway.balance.InstancePool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ BalanceProperties.class, DiscoveryProperties.class })
class DiscoveryConfiguration {

	private static final Logger logger = LoggerFactory.getLogger(DiscoveryConfiguration.class);

	/** The host of the route's {@code lb://} address. */
	private static final String SERVICE = "web-app";

	@Bean
	HostNames hostNames(DiscoveryProperties properties) {
		return new HostNames(properties.nameServer());
	}

	@Bean
	ServiceInstances serviceInstances(DiscoveryProperties properties, HostNames names) {
		return new ServiceInstances(SERVICE, properties, names);
	}

	@Bean
	InstancePool instancePool(Environment environment, BalanceProperties properties, DiscoveryProperties discovery,
			ServiceInstances service) {
		return new InstancePool(initial(environment, discovery, service), properties.toOptions(), System::nanoTime);
	}

	private static List<Instance> initial(Environment environment, DiscoveryProperties discovery,
			ServiceInstances service) {
		if (!discovery.isOn()) {
			return ConfiguredInstances.of(SERVICE, environment);
		}
		ConfiguredInstances.requireNone(SERVICE, environment);
		try {
			return service.ask();
		}
		catch (UnknownHostException ex) {
			logger.warn("No instance yet: {}. The gateway starts without, and goes on asking.", ex.getMessage());
			return List.of();
		}
	}

	@Bean
	@ConditionalOnProperty("tandem.gateway.discovery.host")
	ServiceWatch serviceWatch(InstancePool pool, ServiceInstances service, DiscoveryProperties properties) {
		return new ServiceWatch(pool, service, properties, System::nanoTime);
	}

	@Bean
	Balancer balancer(InstancePool pool, List<AttemptListener> listeners, BalanceProperties properties) {
		return new Balancer(pool, listeners, properties.retryBudget().toBudget(), properties.stickySecret());
	}

}
