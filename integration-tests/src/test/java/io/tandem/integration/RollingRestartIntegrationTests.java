package io.tandem.integration;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.tandem.integration.Traffic.Outcome;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Restarts nodes in order, as for a new version, under traffic, every tenth request a new
 * link. Nothing may fail, and nothing may happen twice.
 */
@ExtendWith(SharedCluster.class)
class RollingRestartIntegrationTests {

	@Test
	void restartingWebAppsAndGatewaysOneAfterTheOtherFailsNoRequest(TestCluster cluster) throws Exception {
		try (Requests requests = new Requests(cluster)) {
			for (String node : List.of("web-app-1", "web-app-2", "gateway-1", "gateway-2")) {
				requests.awaitMore();
				cluster.stop(node);
				requests.awaitMore();
				cluster.start(node);
			}
			requests.awaitMore();
			requests.assertNoneFailed();
		}
	}

	@Test
	@Tag("containers")
	void drainedWebAppCanBeStoppedWhenBothGatewaysSaySo(TestCluster cluster) throws Exception {
		try (Requests requests = new Requests(cluster)) {
			requests.awaitMore();
			assertThat(cluster.balancer("gateway-1", "POST", "/instances/web-app-1", "{\"state\": \"drain\"}")
				.statusCode()).isEqualTo(200);
			for (String gateway : cluster.gatewayNames()) {
				assertThat(cluster.balancer(gateway, "GET", "/drain/web-app-1?wait=30s", "").statusCode())
					.isEqualTo(200);
			}
			cluster.kill("web-app-1");
			cluster.start("web-app-1");
			requests.awaitMore();
			requests.assertNoneFailed();
		}
		finally {
			cluster.balancer("gateway-2", "DELETE", "/instances/web-app-1", "");
		}
		cluster.awaitEqualShares();
	}

	/** Reads and new links at a constant rate. */
	private static final class Requests implements AutoCloseable {

		/** As many as two cores take that also start JVMs. */
		private static final int PER_SECOND = Integer.getInteger("tandem.test.requests-per-second", 60);

		private final AtomicInteger number = new AtomicInteger();

		private final TestCluster cluster;

		private final Traffic<Integer> traffic;

		private final String run;

		Requests(TestCluster cluster) throws Exception {
			this.cluster = cluster;
			LinkClient client = cluster.client();
			this.run = client.create("https://example.com/rolling");
			cluster.awaitReplicaCaughtUp();
			this.traffic = Traffic.of(PER_SECOND, () -> {
				int turn = this.number.getAndIncrement();
				return (turn % 10 == 0) ? client.shorten("https://example.com/" + this.run + "/" + turn).statusCode()
						: client.get("/" + this.run).statusCode();
			});
		}

		void awaitMore() {
			this.traffic.awaitMore(2 * PER_SECOND);
		}

		void assertNoneFailed() throws SQLException {
			List<Outcome<Integer>> outcomes = this.traffic.stop();
			assertThat(outcomes.stream()
				.filter((outcome) -> !(outcome instanceof Outcome.Answer<Integer> answer
						&& (answer.value() == 302 || answer.value() == 201))))
				.isEmpty();
			long links = outcomes.stream()
				.filter((outcome) -> outcome instanceof Outcome.Answer<Integer> answer && answer.value() == 201)
				.count();
			try (Connection connection = this.cluster.connect("mysql-1");
					Statement statement = connection.createStatement();
					ResultSet rows = statement.executeQuery("SELECT COUNT(*), COUNT(DISTINCT url) FROM tandem.link"
							+ " WHERE url LIKE 'https://example.com/" + this.run + "/%'")) {
				assertThat(rows.next()).isTrue();
				assertThat(List.of(rows.getLong(1), rows.getLong(2))).containsExactly(links, links);
			}
		}

		@Override
		public void close() {
			this.traffic.close();
		}

	}

}
