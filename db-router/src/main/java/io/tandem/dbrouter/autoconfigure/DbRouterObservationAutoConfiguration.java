package io.tandem.dbrouter.autoconfigure;

import io.micrometer.observation.ObservationRegistry;
import io.tandem.dbrouter.metrics.UseObservations;
import io.tandem.dbrouter.routing.RoutingDataSource;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/**
 * {@link AutoConfiguration} for the observations of the nodes' use.
 */
@AutoConfiguration(after = DbRouterAutoConfiguration.class,
		afterName = "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration")
@ConditionalOnClass(ObservationRegistry.class)
@ConditionalOnBean({ RoutingDataSource.class, ObservationRegistry.class })
public final class DbRouterObservationAutoConfiguration {

	@Bean
	UseObservations dbRouterUseObservations(ObservationRegistry registry) {
		return new UseObservations(registry);
	}

}
