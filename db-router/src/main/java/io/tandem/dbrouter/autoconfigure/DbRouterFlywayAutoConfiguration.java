package io.tandem.dbrouter.autoconfigure;

import io.tandem.dbrouter.flyway.DeferrableMigration;
import io.tandem.dbrouter.flyway.PrimaryDataSource;
import io.tandem.dbrouter.routing.RoutingDataSource;
import io.tandem.dbrouter.topology.TopologyMonitor;
import org.flywaydb.core.Flyway;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayDataSource;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.context.annotation.Bean;

/**
 * {@link AutoConfiguration} that lets Flyway migrate on the primary, later if there is
 * none yet.
 */
@AutoConfiguration(after = DbRouterAutoConfiguration.class, before = FlywayAutoConfiguration.class)
@ConditionalOnClass({ Flyway.class, FlywayDataSource.class })
@ConditionalOnBean(RoutingDataSource.class)
public final class DbRouterFlywayAutoConfiguration {

	@Bean(defaultCandidate = false)
	@FlywayDataSource
	PrimaryDataSource dbRouterMigrationDataSource(DbRouterNodes nodes, DbRouterProperties properties,
			TopologyMonitor monitor) {
		return new PrimaryDataSource(monitor, Accounts.or(properties.migration(), nodes.settings().application()));
	}

	@Bean(destroyMethod = "close")
	@ConditionalOnMissingBean(FlywayMigrationStrategy.class)
	DeferrableMigration dbRouterMigrationStrategy(TopologyMonitor monitor) {
		return new DeferrableMigration(monitor);
	}

}
