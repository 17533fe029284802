package io.tandem.dbrouter.autoconfigure;

import io.tandem.dbrouter.endpoint.DbRouterEndpoint;
import io.tandem.dbrouter.failover.FailoverWatch;
import io.tandem.dbrouter.failover.Switchover;
import io.tandem.dbrouter.failover.WriteGate;
import io.tandem.dbrouter.routing.RoutingDataSource;
import io.tandem.dbrouter.topology.TopologyMonitor;

import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * {@link AutoConfiguration} for the actuator endpoint {@code dbrouter}.
 */
@AutoConfiguration(after = DbRouterAutoConfiguration.class)
@ConditionalOnClass({ Endpoint.class, ConditionalOnAvailableEndpoint.class })
@ConditionalOnBean(RoutingDataSource.class)
@ConditionalOnAvailableEndpoint(DbRouterEndpoint.class)
public final class DbRouterEndpointAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	DbRouterEndpoint dbRouterEndpoint(TopologyMonitor monitor, WriteGate gate, FailoverWatch watch,
			Switchover switchover) {
		return new DbRouterEndpoint(monitor, gate, watch, switchover);
	}

}
