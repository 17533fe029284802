package io.tandem.dbrouter.autoconfigure;

import io.tandem.dbrouter.routing.ReadRetryInterceptor;

import org.springframework.aop.Advisor;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.data.repository.core.support.RepositoryFactoryBeanSupport;
import org.springframework.transaction.interceptor.TransactionAttributeSource;
import org.springframework.transaction.interceptor.TransactionInterceptor;

/**
 * Repeats reads of Spring Data repositories that are called outside of a transaction:
 * their transaction interceptor is no advisor of the context.
 */
final class RepositoryReadRetry implements BeanPostProcessor {

	private final int retries;

	RepositoryReadRetry(int retries) {
		this.retries = retries;
	}

	@Override
	public Object postProcessBeforeInitialization(Object bean, String beanName) {
		if (bean instanceof RepositoryFactoryBeanSupport<?, ?, ?> factoryBean) {
			factoryBean.addRepositoryFactoryCustomizer((factory) -> factory
				.addRepositoryProxyPostProcessor((proxyFactory, information) -> addRetry(proxyFactory)));
		}
		return bean;
	}

	private void addRetry(ProxyFactory proxyFactory) {
		for (Advisor advisor : proxyFactory.getAdvisors()) {
			if (advisor.getAdvice() instanceof TransactionInterceptor interceptor) {
				TransactionAttributeSource attributes = interceptor.getTransactionAttributeSource();
				if (attributes != null) {
					proxyFactory.addAdvice(0, new ReadRetryInterceptor(attributes, this.retries));
				}
				return;
			}
		}
	}

}
