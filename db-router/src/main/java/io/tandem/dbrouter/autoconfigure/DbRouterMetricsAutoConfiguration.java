package io.tandem.dbrouter.autoconfigure;

import com.zaxxer.hikari.metrics.MetricsTrackerFactory;
import com.zaxxer.hikari.metrics.micrometer.MicrometerMetricsTrackerFactory;
import io.micrometer.core.instrument.MeterRegistry;
import io.tandem.dbrouter.failover.FailoverWatch;
import io.tandem.dbrouter.failover.WriteGate;
import io.tandem.dbrouter.metrics.ConsistencyMetrics;
import io.tandem.dbrouter.metrics.FailoverMetrics;
import io.tandem.dbrouter.metrics.RouteCounter;
import io.tandem.dbrouter.metrics.TopologyMetrics;
import io.tandem.dbrouter.routing.RoutingDataSource;
import io.tandem.dbrouter.topology.TopologyMonitor;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.context.annotation.Bean;

/**
 * {@link AutoConfiguration} for the metrics of routes, nodes and their pools.
 */
@AutoConfiguration(after = { DbRouterAutoConfiguration.class, CompositeMeterRegistryAutoConfiguration.class })
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean({ RoutingDataSource.class, MeterRegistry.class })
public final class DbRouterMetricsAutoConfiguration {

	@Bean
	RouteCounter dbRouterRouteCounter(MeterRegistry registry) {
		return new RouteCounter(registry);
	}

	@Bean
	ConsistencyMetrics dbRouterConsistencyMetrics(MeterRegistry registry) {
		return new ConsistencyMetrics(registry);
	}

	@Bean
	TopologyMetrics dbRouterTopologyMetrics(TopologyMonitor monitor) {
		return new TopologyMetrics(monitor);
	}

	@Bean
	FailoverMetrics dbRouterFailoverMetrics(WriteGate gate, FailoverWatch watch) {
		return new FailoverMetrics(gate, watch);
	}

	/** Boot would find one pool behind the data source at most. */
	@Bean
	MetricsTrackerFactory dbRouterPoolMetrics(MeterRegistry registry) {
		return new MicrometerMetricsTrackerFactory(registry);
	}

}
