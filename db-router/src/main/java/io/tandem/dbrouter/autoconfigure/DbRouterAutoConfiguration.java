package io.tandem.dbrouter.autoconfigure;

import java.sql.CallableStatement;
import java.sql.DatabaseMetaData;
import java.time.Clock;
import java.util.List;
import java.util.Map;

import javax.sql.DataSource;

import com.mysql.cj.jdbc.NonRegisteringDriver;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.metrics.MetricsTrackerFactory;
import io.tandem.dbrouter.NodeUseListener;
import io.tandem.dbrouter.failover.FailoverWatch;
import io.tandem.dbrouter.failover.Switchover;
import io.tandem.dbrouter.failover.SwitchoverSettings;
import io.tandem.dbrouter.failover.WriteGate;
import io.tandem.dbrouter.gtid.CommitListener;
import io.tandem.dbrouter.routing.Causality;
import io.tandem.dbrouter.routing.RouteListener;
import io.tandem.dbrouter.routing.Router;
import io.tandem.dbrouter.routing.RoutingDataSource;
import io.tandem.dbrouter.routing.RoutingSettings;
import io.tandem.dbrouter.topology.Account;
import io.tandem.dbrouter.topology.LagLimit;
import io.tandem.dbrouter.topology.Node;
import io.tandem.dbrouter.topology.NodeSettings;
import io.tandem.dbrouter.topology.NodeUrl;
import io.tandem.dbrouter.topology.TopologyFollower;
import io.tandem.dbrouter.topology.TopologyListener;
import io.tandem.dbrouter.topology.TopologyMonitor;
import io.tandem.dbrouter.topology.TopologyProvider;
import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionManagerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.context.annotation.Primary;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;

/**
 * {@link AutoConfiguration} for a data source that sends read-only transactions to a
 * replica and everything else to the primary.
 */
@AutoConfiguration(before = DataSourceAutoConfiguration.class)
@ConditionalOnClass({ NonRegisteringDriver.class, HikariDataSource.class })
@Conditional(OnDbRouter.class)
@ConditionalOnMissingBean(DataSource.class)
@EnableConfigurationProperties(DbRouterProperties.class)
@ImportRuntimeHints(DbRouterAutoConfiguration.ProxyHints.class)
public final class DbRouterAutoConfiguration {

	@Bean
	DbRouterNodes dbRouterNodes(DbRouterProperties properties, ObjectProvider<CommitListener> commits,
			ObjectProvider<MetricsTrackerFactory> poolMetrics) {
		NodeSettings settings = settings(properties, all(commits), poolMetrics.getIfUnique());
		Map<String, NodeUrl> urls = ConfiguredNodes.check(properties.nodes());
		List<Node> nodes = urls.entrySet()
			.stream()
			.map((entry) -> new Node(entry.getKey(), entry.getValue(), settings, weight(properties, entry.getKey())))
			.toList();
		return new DbRouterNodes(nodes, settings);
	}

	private static int weight(DbRouterProperties properties, String node) {
		DbRouterProperties.Node configured = properties.nodes().get(node);
		return (configured != null) ? configured.weight() : 1;
	}

	private static CommitListener all(ObjectProvider<CommitListener> commits) {
		List<CommitListener> listeners = commits.orderedStream().toList();
		return (transactions) -> listeners.forEach((listener) -> listener.committed(transactions));
	}

	private static NodeSettings settings(DbRouterProperties properties, CommitListener commits,
			@Nullable MetricsTrackerFactory poolMetrics) {
		Account application = new Account(properties.username(), properties.password());
		DbRouterProperties.Pool pool = properties.pool();
		return new NodeSettings(application, Accounts.or(properties.monitor(), application), pool.maximumSize(),
				Math.min(pool.minimumIdle(), pool.maximumSize()), pool.connectionTimeout(), pool.maxLifetime(),
				properties.connector().connectTimeout(), properties.connector().socketTimeout(),
				properties.probe().interval(), properties.probe().timeout(), properties.probe().downAfter(),
				new LagLimit(properties.lag().max(), properties.lag().goodProbes()), commits,
				properties.reads().commit() == DbRouterProperties.Reads.Commit.DEFERRED, poolMetrics);
	}

	@Bean(initMethod = "start", destroyMethod = "close")
	TopologyMonitor dbRouterTopologyMonitor(DbRouterNodes nodes, ObjectProvider<TopologyListener> listeners) {
		TopologyMonitor monitor = new TopologyMonitor(nodes.nodes(), nodes.settings());
		listeners.orderedStream().forEach(monitor::addListener);
		return monitor;
	}

	@Bean(initMethod = "start", destroyMethod = "close")
	TopologyFollower dbRouterTopologyFollower(DbRouterProperties properties, DbRouterNodes nodes,
			TopologyMonitor monitor, ObjectProvider<TopologyProvider> providers) {
		TopologyProvider provider = providers.getIfUnique(() -> Providers.of(properties, nodes.settings(), monitor));
		return new TopologyFollower(provider, monitor, properties.topology().refresh());
	}

	@Bean
	WriteGate dbRouterWriteGate(TopologyMonitor monitor, DbRouterProperties properties) {
		DbRouterProperties.Failover failover = properties.failover();
		return new WriteGate(monitor, failover.writeHold(), failover.maxWaiting());
	}

	@Bean
	FailoverWatch dbRouterFailoverWatch(TopologyMonitor monitor) {
		return new FailoverWatch(monitor, Clock.systemUTC());
	}

	@Bean
	Switchover dbRouterSwitchover(TopologyMonitor monitor, WriteGate gate, FailoverWatch watch,
			DbRouterProperties properties) {
		DbRouterProperties.Probe probe = properties.probe();
		DbRouterProperties.Failover failover = properties.failover();
		return new Switchover(monitor, gate, watch,
				new SwitchoverSettings(Accounts.admin(properties.admin()), Accounts.replication(properties.admin()),
						probe.interval().plus(probe.timeout()), probe.interval().dividedBy(5), failover.drain(),
						failover.catchUp()));
	}

	@Bean
	@Primary
	RoutingDataSource dataSource(DbRouterProperties properties, TopologyMonitor monitor, WriteGate gate,
			ObjectProvider<Causality> causality, ObjectProvider<NodeUseListener> useListeners,
			ObjectProvider<RouteListener> routeListeners) {
		return new RoutingDataSource(
				new Router(monitor, gate, routing(properties), causality.getIfUnique(() -> Causality.NONE),
						useListeners.orderedStream().toList(), routeListeners.orderedStream().toList()));
	}

	private static RoutingSettings routing(DbRouterProperties properties) {
		DbRouterProperties.Reads reads = properties.reads();
		DbRouterProperties.Pool pool = properties.pool();
		int limit = (reads.fallbackLimit() != null) ? reads.fallbackLimit() : Math.max(1, pool.maximumSize() / 2);
		return new RoutingSettings(limit, reads.fallbackWait(), reads.slowStart());
	}

	@Bean
	@ConditionalOnBooleanProperty(name = "db-router.transactions.validate-nesting", matchIfMissing = true)
	TransactionManagerCustomizer<AbstractPlatformTransactionManager> dbRouterNestingValidation() {
		return (transactionManager) -> transactionManager.setValidateExistingTransaction(true);
	}

	static class ProxyHints implements RuntimeHintsRegistrar {

		@Override
		public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
			hints.proxies().registerJdkProxy(CallableStatement.class).registerJdkProxy(DatabaseMetaData.class);
		}

	}

}
