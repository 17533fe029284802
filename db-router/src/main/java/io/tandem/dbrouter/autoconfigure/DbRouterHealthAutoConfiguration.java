package io.tandem.dbrouter.autoconfigure;

import java.util.List;

import io.tandem.dbrouter.failover.FailoverWatch;
import io.tandem.dbrouter.health.NodesHealthIndicator;
import io.tandem.dbrouter.routing.RoutingDataSource;
import io.tandem.dbrouter.topology.TopologyMonitor;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.actuate.endpoint.StatusAggregator;
import org.springframework.boot.health.autoconfigure.actuate.endpoint.HealthEndpointAutoConfiguration;
import org.springframework.boot.health.autoconfigure.actuate.endpoint.HealthEndpointProperties;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.jdbc.autoconfigure.health.DataSourceHealthContributorAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * {@link AutoConfiguration} for the health of the database nodes, in place of Boot's,
 * which is down as soon as one node is.
 */
@AutoConfiguration(after = DbRouterAutoConfiguration.class,
		before = { DataSourceHealthContributorAutoConfiguration.class, HealthEndpointAutoConfiguration.class })
@ConditionalOnClass({ StatusAggregator.class, ConditionalOnEnabledHealthIndicator.class })
@ConditionalOnBean(RoutingDataSource.class)
@ConditionalOnEnabledHealthIndicator("db")
public final class DbRouterHealthAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(name = { "dbHealthIndicator", "dbHealthContributor" })
	NodesHealthIndicator dbHealthContributor(TopologyMonitor monitor, FailoverWatch watch) {
		return new NodesHealthIndicator(monitor, watch);
	}

	/** Boot leaves statuses out of the aggregate that it does not know. */
	@Configuration(proxyBeanMethods = false)
	static class StatusOrderConfiguration {

		@Bean
		@ConditionalOnMissingBean
		StatusAggregator dbRouterStatusAggregator(ObjectProvider<HealthEndpointProperties> properties) {
			List<String> order = properties.stream()
				.flatMap((configured) -> configured.getStatus().getOrder().stream())
				.toList();
			return order.isEmpty() ? StatusAggregator.of(Status.DOWN, Status.OUT_OF_SERVICE,
					NodesHealthIndicator.READ_ONLY, Status.UP, Status.UNKNOWN) : StatusAggregator.of(order);
		}

	}

}
