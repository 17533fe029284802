package io.tandem.dbrouter.autoconfigure;

import java.time.Clock;

import io.micrometer.context.ContextRegistry;
import io.tandem.dbrouter.consistency.ConsistencyContexts;
import io.tandem.dbrouter.consistency.ConsistencyListener;
import io.tandem.dbrouter.consistency.ContextAccessor;
import io.tandem.dbrouter.consistency.GtidCausality;
import io.tandem.dbrouter.consistency.GtidModeLog;
import io.tandem.dbrouter.consistency.ReadPolicies;
import io.tandem.dbrouter.consistency.ReadPolicy;
import io.tandem.dbrouter.consistency.SignedTokens;
import io.tandem.dbrouter.consistency.ThreadTokens;
import io.tandem.dbrouter.routing.RoutingDataSource;
import io.tandem.dbrouter.topology.TopologyMonitor;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * {@link AutoConfiguration} for reads that see what their client has written.
 */
@AutoConfiguration(after = DbRouterAutoConfiguration.class)
@ConditionalOnBean(RoutingDataSource.class)
@EnableConfigurationProperties(ConsistencyProperties.class)
public final class DbRouterConsistencyAutoConfiguration {

	@Bean
	ConsistencyContexts dbRouterConsistencyContexts(ConsistencyProperties properties) {
		return new ConsistencyContexts(properties.token().ttl());
	}

	@Bean
	ReadPolicies dbRouterReadPolicies(ConsistencyProperties properties) {
		return new ReadPolicies(new ReadPolicy(properties.level(), properties.maxWait(), properties.onTimeout()));
	}

	@Bean
	GtidCausality dbRouterCausality(ConsistencyContexts contexts, ReadPolicies policies,
			ConsistencyProperties properties, TopologyMonitor monitor, DbRouterNodes nodes,
			ObjectProvider<ConsistencyListener> listener) {
		// The next probe says whether it is worth to wait again.
		return new GtidCausality(contexts, policies, monitor::nodes, nodes.settings().probeInterval(),
				properties.monotonic(), listener.getIfUnique(() -> ConsistencyListener.NONE));
	}

	@Bean
	GtidModeLog dbRouterGtidModeLog(TopologyMonitor monitor) {
		return new GtidModeLog(monitor);
	}

	@Bean
	ThreadTokens dbRouterConsistencyTokens(ConsistencyProperties properties, ConsistencyContexts contexts,
			GtidCausality causality, ObjectProvider<ConsistencyListener> listener) {
		SignedTokens tokens = new SignedTokens(TokenKeys.of(properties.token()), properties.token().ttl(),
				Clock.systemUTC(), listener.getIfUnique(() -> ConsistencyListener.NONE));
		return new ThreadTokens(contexts, tokens, causality::isEverywhere);
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(ContextRegistry.class)
	static class ContextPropagationConfiguration {

		@Bean
		PropagatedContext dbRouterPropagatedContext(ConsistencyContexts contexts) {
			return new PropagatedContext(new ContextAccessor(contexts));
		}

	}

	/** Registers for as long as the application context lives. */
	static final class PropagatedContext implements AutoCloseable {

		private final ContextAccessor accessor;

		PropagatedContext(ContextAccessor accessor) {
			this.accessor = accessor;
			ContextRegistry.getInstance().registerThreadLocalAccessor(accessor);
		}

		@Override
		public void close() {
			ContextRegistry.getInstance().removeThreadLocalAccessor(this.accessor.key());
		}

	}

}
