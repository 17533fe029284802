package io.tandem.gateway.discovery;

import java.util.List;

import io.tandem.gateway.balance.AttemptListener;
import io.tandem.gateway.balance.Balancer;
import io.tandem.gateway.balance.InstancePool;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(BalanceProperties.class)
class DiscoveryConfiguration {

	/** The host of the route's {@code lb://} address. */
	private static final String SERVICE = "web-app";

	@Bean
	HostNames hostNames() {
		return new HostNames();
	}

	@Bean
	InstancePool instancePool(Environment environment, BalanceProperties properties) {
		return new InstancePool(ConfiguredInstances.of(SERVICE, environment), properties.toOptions(), System::nanoTime);
	}

	@Bean
	Balancer balancer(InstancePool pool, List<AttemptListener> listeners, BalanceProperties properties) {
		return new Balancer(pool, listeners, properties.retryBudget().toBudget(), properties.stickySecret());
	}

}
