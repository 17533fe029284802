package io.tandem.dbrouter.autoconfigure;

import io.tandem.dbrouter.consistency.ConsistencyContexts;
import io.tandem.dbrouter.consistency.ConsistencyListener;
import io.tandem.dbrouter.consistency.ThreadTokens;
import io.tandem.dbrouter.consistency.web.CallableContext;
import io.tandem.dbrouter.consistency.web.ConsistencyFilter;
import io.tandem.dbrouter.consistency.web.TokenTransport;
import jakarta.servlet.DispatcherType;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.config.annotation.AsyncSupportConfigurer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * {@link AutoConfiguration} for consistency tokens in web requests.
 */
@AutoConfiguration(after = DbRouterConsistencyAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass(FilterRegistrationBean.class)
@ConditionalOnBean(ThreadTokens.class)
public final class DbRouterConsistencyWebAutoConfiguration {

	/** Around all filters that may use the database, such as those of sessions. */
	private static final int ORDER = Ordered.HIGHEST_PRECEDENCE + 40;

	@Bean
	FilterRegistrationBean<ConsistencyFilter> dbRouterConsistencyFilter(ConsistencyProperties properties,
			ConsistencyContexts contexts, ThreadTokens tokens, ObjectProvider<ConsistencyListener> listener) {
		TokenTransport transport = new TokenTransport(nullIfEmpty(properties.token().header()),
				nullIfEmpty(properties.token().cookie()));
		FilterRegistrationBean<ConsistencyFilter> registration = new FilterRegistrationBean<>(new ConsistencyFilter(
				contexts, tokens, transport, listener.getIfUnique(() -> ConsistencyListener.NONE)));
		registration.setOrder(ORDER);
		registration.setDispatcherTypes(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR);
		return registration;
	}

	private static @Nullable String nullIfEmpty(String name) {
		return name.isEmpty() ? null : name;
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(WebMvcConfigurer.class)
	static class CallableConfiguration {

		@Bean
		WebMvcConfigurer dbRouterCallableContext(ConsistencyContexts contexts) {
			return new WebMvcConfigurer() {

				@Override
				public void configureAsyncSupport(AsyncSupportConfigurer configurer) {
					configurer.registerCallableInterceptors(new CallableContext(contexts));
				}

			};
		}

	}

}
