package io.tandem.dbrouter.autoconfigure;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.tandem.dbrouter.PrimaryUnavailableException;
import io.tandem.dbrouter.routing.RoutingDataSource;
import io.tandem.dbrouter.topology.TopologyMonitor;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.health.DataSourceHealthContributorAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionManagerCustomizationAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Where nothing listens: port 1 refuses connections.
 */
class DbRouterAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(DbRouterAutoConfiguration.class, DbRouterFlywayAutoConfiguration.class,
				DbRouterHealthAutoConfiguration.class, DbRouterJpaAutoConfiguration.class,
				DbRouterMetricsAutoConfiguration.class, DbRouterReadRetryAutoConfiguration.class,
				DataSourceAutoConfiguration.class, DataSourceTransactionManagerAutoConfiguration.class,
				JdbcTemplateAutoConfiguration.class, TransactionAutoConfiguration.class,
				TransactionManagerCustomizationAutoConfiguration.class, FlywayAutoConfiguration.class,
				DataSourceHealthContributorAutoConfiguration.class, MetricsAutoConfiguration.class,
				CompositeMeterRegistryAutoConfiguration.class));

	private final ApplicationContextRunner configured = this.runner.withPropertyValues("db-router.username=app",
			"db-router.password=secret", "db-router.nodes.mysql-1.url=jdbc:mysql://127.0.0.1:1/app",
			"db-router.nodes.mysql-2.url=jdbc:mysql://127.0.0.1:2/app");

	@Test
	void nodesAreRouted() {
		this.configured.run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getBean(DataSource.class)).isInstanceOf(RoutingDataSource.class);
		});
	}

	@Test
	void withoutNodesNothingChanges() {
		this.runner
			.withPropertyValues("spring.datasource.url=jdbc:mysql://127.0.0.1:1/app", "spring.flyway.enabled=false")
			.run((context) -> {
				assertThat(context).doesNotHaveBean(TopologyMonitor.class);
				assertThat(context.getBean(DataSource.class)).isInstanceOf(HikariDataSource.class);
			});
	}

	@Test
	void switchedOffNothingChanges() {
		this.configured
			.withPropertyValues("db-router.enabled=false", "spring.datasource.url=jdbc:mysql://127.0.0.1:1/app",
					"spring.flyway.enabled=false")
			.run((context) -> {
				assertThat(context).doesNotHaveBean(TopologyMonitor.class);
				assertThat(context.getBean(DataSource.class)).isInstanceOf(HikariDataSource.class);
			});
	}

	@Test
	void usersOwnDataSourceWins() {
		this.configured.withUserConfiguration(OwnDataSource.class)
			.withPropertyValues("spring.flyway.enabled=false")
			.run((context) -> {
				assertThat(context).doesNotHaveBean(TopologyMonitor.class);
				assertThat(context).getBean(DataSource.class).isInstanceOf(HikariDataSource.class);
			});
	}

	@Test
	void switchedOnWithoutNodesIsAnError() {
		this.runner.withPropertyValues("db-router.enabled=true", "db-router.username=app")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(InvalidNodesException.class)
				.hasMessageContaining("no database nodes"));
	}

	@Test
	void missingUsernameIsNamed() {
		this.runner.withPropertyValues("db-router.nodes.mysql-1.url=jdbc:mysql://127.0.0.1:1/app")
			.run((context) -> assertThat(context).getFailure().rootCause().hasMessageContaining("username"));
	}

	@Test
	void valueOutOfRangeIsNamed() {
		this.configured.withPropertyValues("db-router.probe.interval=1ms")
			.run((context) -> assertThat(context).getFailure().rootCause().hasMessageContaining("probe.interval"));
	}

	@Test
	void passwordsAreNotPrinted() {
		this.configured
			.withPropertyValues("db-router.monitor.username=monitor", "db-router.monitor.password=monitors-secret")
			.run((context) -> assertThat(
					context.getBean(DbRouterProperties.class).toString() + context.getBean(DbRouterNodes.class))
				.doesNotContain("secret"));
	}

	@Test
	void startsWithoutADatabaseAndSaysSo() {
		this.configured.withConfiguration(AutoConfigurations.of(HibernateJpaAutoConfiguration.class)).run((context) -> {
			assertThat(context).hasNotFailed();
			HealthIndicator health = (HealthIndicator) context.getBean("dbHealthContributor");
			assertThat(health.health()).isNotNull()
				.satisfies((now) -> assertThat(now.getStatus().getCode()).isEqualTo("DOWN"))
				.satisfies((now) -> assertThat(now.getDetails().toString()).contains("mysql-1", "DOWN", "refused"));
			assertThatException()
				.isThrownBy(() -> context.getBean(JdbcTemplate.class).execute("INSERT INTO link VALUES (1)"))
				.havingRootCause()
				.isInstanceOf(PrimaryUnavailableException.class)
				.withMessageContainingAll("mysql-1", "mysql-2", "refused");
		});
	}

	@Test
	void onlyOneHealthContributorWatchesTheDatabase() {
		this.configured.run((context) -> assertThat(context.getBeansOfType(HealthContributor.class))
			.containsOnlyKeys("dbHealthContributor"));
	}

	@Test
	void writeInAReadOnlyTransactionIsFoundAtTheMethodThatMayWrite() {
		this.configured
			.run((context) -> assertThat(context.getBean(JdbcTransactionManager.class).isValidateExistingTransaction())
				.isTrue());
		this.configured.withPropertyValues("db-router.transactions.validate-nesting=false")
			.run((context) -> assertThat(context.getBean(JdbcTransactionManager.class).isValidateExistingTransaction())
				.isFalse());
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnDataSource {

		@Bean
		DataSource ownDataSource() {
			return new HikariDataSource();
		}

	}

}
