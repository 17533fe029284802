package io.tandem.dbrouter.autoconfigure;

import java.util.Map;

import io.tandem.dbrouter.routing.RoutingDataSource;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.hibernate.autoconfigure.HibernatePropertiesCustomizer;
import org.springframework.context.annotation.Bean;

/**
 * {@link AutoConfiguration} that lets Hibernate start without a database and begin its
 * transactions the way db-router needs it.
 */
@AutoConfiguration(after = DbRouterAutoConfiguration.class, before = HibernateJpaAutoConfiguration.class)
@ConditionalOnClass(HibernatePropertiesCustomizer.class)
@ConditionalOnBean(RoutingDataSource.class)
public final class DbRouterJpaAutoConfiguration {

	@Bean
	HibernatePropertiesCustomizer dbRouterHibernateProperties() {
		return DbRouterJpaAutoConfiguration::customize;
	}

	private static void customize(Map<String, Object> properties) {
		// Our connections start with auto-commit on, and turning it off costs nothing.
		properties.put("hibernate.connection.provider_disables_autocommit", "false");
		// Hibernate asks the database for its version when it starts; it is known to be
		// MySQL, and the application shall start while no node is there.
		if (properties.putIfAbsent("hibernate.boot.allow_jdbc_metadata_access", "false") == null) {
			properties.putIfAbsent("jakarta.persistence.database-product-name", "MySQL");
			properties.putIfAbsent("jakarta.persistence.database-major-version", "8");
			properties.putIfAbsent("jakarta.persistence.database-minor-version", "4");
		}
	}

}
