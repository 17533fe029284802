package io.tandem.gateway.health;

import io.tandem.gateway.balance.InstancePool;
import io.tandem.gateway.discovery.HostNames;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ HealthCheckProperties.class, EjectionProperties.class })
class HealthConfiguration {

	@Bean
	HealthBoard healthBoard(InstancePool pool, HealthCheckProperties properties, EjectionProperties ejection) {
		HealthBoard board = new HealthBoard(pool, properties.rise(), properties.fall(), ejection, System::nanoTime);
		pool.listen(board);
		return board;
	}

	@Bean
	HealthChecks healthChecks(InstancePool pool, HealthBoard board, HealthCheckProperties properties, HostNames names) {
		HttpReadinessProbe probe = new HttpReadinessProbe(properties.path(), properties.timeout(), names.resolver());
		return new HealthChecks(pool, probe, board, properties);
	}

	@Bean
	InstancesHealthIndicator instancesHealthIndicator(HealthBoard board) {
		return new InstancesHealthIndicator(board);
	}

}
