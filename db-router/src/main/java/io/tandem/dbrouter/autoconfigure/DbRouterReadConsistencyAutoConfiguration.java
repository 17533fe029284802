package io.tandem.dbrouter.autoconfigure;

import java.lang.reflect.Method;

import io.tandem.dbrouter.ReadConsistency;
import io.tandem.dbrouter.consistency.ReadConsistencyInterceptor;
import io.tandem.dbrouter.consistency.ReadPolicies;
import io.tandem.dbrouter.routing.RoutingDataSource;

import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.StaticMethodMatcherPointcut;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Role;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.transaction.interceptor.TransactionAttributeSource;

/**
 * {@link AutoConfiguration} for {@link ReadConsistency}.
 */
@AutoConfiguration(after = { DbRouterConsistencyAutoConfiguration.class, TransactionAutoConfiguration.class })
@ConditionalOnBean({ RoutingDataSource.class, TransactionAttributeSource.class })
public final class DbRouterReadConsistencyAutoConfiguration {

	/** Outside of the transaction interceptor and of the repetition of reads. */
	private static final int ORDER = Ordered.LOWEST_PRECEDENCE - 20;

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static DefaultPointcutAdvisor dbRouterReadConsistencyAdvisor(ObjectProvider<ReadPolicies> policies) {
		DefaultPointcutAdvisor advisor = new DefaultPointcutAdvisor(new AnnotatedMethods(),
				new ReadConsistencyInterceptor(policies::getObject));
		advisor.setOrder(ORDER);
		return advisor;
	}

	private static final class AnnotatedMethods extends StaticMethodMatcherPointcut {

		private AnnotatedMethods() {
			setClassFilter((type) -> AnnotationUtils.isCandidateClass(type, ReadConsistency.class));
		}

		@Override
		public boolean matches(Method method, Class<?> targetClass) {
			return ReadConsistencyInterceptor.find(method, targetClass) != null;
		}

	}

}
