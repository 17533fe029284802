package io.tandem.dbrouter.autoconfigure;

import java.lang.reflect.Method;

import io.tandem.dbrouter.routing.ReadRetryInterceptor;
import io.tandem.dbrouter.routing.RoutingDataSource;

import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.StaticMethodMatcherPointcut;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.data.repository.core.support.RepositoryFactoryBeanSupport;
import org.springframework.transaction.interceptor.TransactionAttributeSource;

/**
 * {@link AutoConfiguration} that repeats a read whose node died under it.
 */
@AutoConfiguration(after = { DbRouterAutoConfiguration.class, TransactionAutoConfiguration.class })
@ConditionalOnBean({ RoutingDataSource.class, TransactionAttributeSource.class })
public final class DbRouterReadRetryAutoConfiguration {

	/** Just outside of the transaction interceptor, whose order is the lowest. */
	private static final int ORDER = Ordered.LOWEST_PRECEDENCE - 10;

	private static int retries(Environment environment) {
		return environment.getProperty("db-router.reads.retry", Integer.class, 1);
	}

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static DefaultPointcutAdvisor dbRouterReadRetryAdvisor(TransactionAttributeSource attributes,
			Environment environment) {
		DefaultPointcutAdvisor advisor = new DefaultPointcutAdvisor(new ReadOnlyMethods(attributes),
				new ReadRetryInterceptor(attributes, retries(environment)));
		advisor.setOrder(ORDER);
		return advisor;
	}

	private static final class ReadOnlyMethods extends StaticMethodMatcherPointcut {

		private final TransactionAttributeSource attributes;

		private ReadOnlyMethods(TransactionAttributeSource attributes) {
			this.attributes = attributes;
			setClassFilter(attributes::isCandidateClass);
		}

		@Override
		public boolean matches(Method method, Class<?> targetClass) {
			return ReadRetryInterceptor.beginsReadOnlyTransaction(this.attributes, method, targetClass);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(RepositoryFactoryBeanSupport.class)
	static class RepositoryConfiguration {

		@Bean
		@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
		static RepositoryReadRetry dbRouterRepositoryReadRetry(Environment environment) {
			return new RepositoryReadRetry(retries(environment));
		}

	}

}
