package io.tandem.gateway.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.tandem.gateway.balance.InstancePool;
import io.tandem.gateway.health.HealthBoard;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class MetricsConfiguration {

	@Bean
	InstanceMetrics instanceMetrics(InstancePool pool, HealthBoard health, MeterRegistry registry) {
		InstanceMetrics metrics = new InstanceMetrics(pool, health, registry);
		pool.listen(metrics);
		return metrics;
	}

}
