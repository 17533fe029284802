package io.tandem.dbrouter;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

import io.tandem.cluster.mysql.MySqlInstallation;
import io.tandem.cluster.mysql.MySqlPair;
import io.tandem.cluster.network.MySqlProxy;
import io.tandem.dbrouter.app.NoteApplication;
import io.tandem.dbrouter.endpoint.DbRouterEndpoint;
import io.tandem.dbrouter.failover.Switchover;
import io.tandem.dbrouter.failover.SwitchoverException;
import io.tandem.dbrouter.topology.NodeState;
import io.tandem.dbrouter.topology.NodeUrl;
import io.tandem.dbrouter.topology.TopologyMonitor;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Nodes that come, go and fall silent while the application works. The third node is the
 * replica behind a proxy.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NodesAtRuntimeIntegrationTests {

	private static final Duration SOON = Duration.ofSeconds(20);

	private final MySqlPair pair;

	private final MySqlProxy proxy;

	private final ConfigurableApplicationContext context;

	private final TopologyMonitor monitor;

	NodesAtRuntimeIntegrationTests(@TempDir Path directory) throws Exception {
		this.pair = MySqlPair.start(MySqlInstallation.locate(System.out::println), directory);
		this.proxy = MySqlProxy.to(this.pair.replica().port());
		this.context = NoteApplication.start(this.pair, WebApplicationType.NONE,
				"management.endpoints.jmx.exposure.include=dbrouter", "spring.jmx.enabled=true");
		this.monitor = this.context.getBean(TopologyMonitor.class);
	}

	@AfterAll
	void stop() throws Exception {
		this.context.close();
		this.proxy.close();
		this.pair.close();
	}

	@Test
	void nodeIsAddedAndRemovedUnderLoadWithoutAnError() {
		ReadLoad load = new ReadLoad(this.context);
		try (load) {
			for (int round = 0; round < 3; round++) {
				add();
				awaitState(NodeState.REPLICA);
				this.proxy.reset();
				// Its share is small at first.
				Awaitility.await()
					.atMost(SOON)
					.untilAsserted(() -> assertThat(this.proxy.traffic().texts()).as("statements over the new node")
						.anyMatch((sql) -> sql.contains("from note")));
				this.monitor.remove("mysql-3");
				load.awaitReads(100);
			}
		}
		assertThat(load.errors).isEmpty();
	}

	@Test
	void droppedPacketsToAReplicaFailNoRead() {
		add();
		awaitState(NodeState.REPLICA);
		ReadLoad load = new ReadLoad(this.context);
		try (load) {
			load.awaitReads(100);
			this.proxy.drop(true);
			awaitState(NodeState.DOWN);
			load.awaitReads(100);
			this.proxy.drop(false);
			this.proxy.cut();
			awaitState(NodeState.REPLICA);
		}
		this.monitor.remove("mysql-3");
		assertThat(load.errors).isEmpty();
	}

	@Test
	void endpointShowsTheNodesAndSaysWhatASwitchoverNeeds() {
		DbRouterEndpoint endpoint = this.context.getBean(DbRouterEndpoint.class);
		// Known from the second look on, if the replica was looked at before the primary.
		Awaitility.await()
			.atMost(SOON)
			.untilAsserted(() -> assertThat(endpoint.overview().nodes().get(1).lagMicros()).isNotNull());
		DbRouterEndpoint.Overview overview = endpoint.overview();
		assertThat(overview.primary()).isEqualTo("mysql-1");
		assertThat(overview.nodes()).extracting(DbRouterEndpoint.NodeDescription::name).contains("mysql-1", "mysql-2");
		assertThat(overview.gate().open()).isTrue();
		assertThat(overview.lostTransactions()).isNull();
		assertThatExceptionOfType(SwitchoverException.class)
			.isThrownBy(() -> this.context.getBean(Switchover.class).run(null))
			.withMessageContaining("db-router.admin.username");
	}

	private void add() {
		NodeUrl url = Objects.requireNonNull(this.monitor.node("mysql-2")).url();
		this.monitor.add("mysql-3", NodeUrl.parse(this.proxy.url(url.url())), 1);
	}

	private void awaitState(NodeState state) {
		Awaitility.await()
			.atMost(SOON)
			.untilAsserted(
					() -> assertThat(this.monitor.topology().node("mysql-3").orElseThrow().state()).isEqualTo(state));
	}

}
