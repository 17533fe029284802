package io.tandem.gateway.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.tandem.gateway.balance.InstancePool;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class MetricsConfiguration {

	@Bean
	InstanceMetrics instanceMetrics(InstancePool pool, MeterRegistry registry) {
		return new InstanceMetrics(pool, registry);
	}

}
