package io.tandem.integration;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Kills every kind of node under traffic. Reads are redirects and listings; writes are
 * new links, 20 a second, and each one that was answered with 201 is looked for on the
 * primary at the end.
 */
@ExtendWith(SharedCluster.class)
class NodeFailureIntegrationTests {

	@Test
	@Tag("containers")
	void killedWebAppFailsNoReadAndIsUsedAgainAfterItsRestart(TestCluster cluster) throws Exception {
		try (Traffic<Integer> reads = Reads.of(cluster)) {
			reads.awaitMore(Reads.PER_SECOND);
			cluster.kill("web-app-1");
			reads.awaitMore(5 * Reads.PER_SECOND);
			assertThat(LinkClient.servedBy(cluster.client().get("/"))).isEqualTo("web-app-2");
			cluster.start("web-app-1");
			awaitServedBy(cluster, "web-app-1");
			reads.awaitMore(Reads.PER_SECOND);
			assertThat(Reads.failed(reads.stop())).isEmpty();
		}
	}

	@Test
	void suspendedWebAppFailsNoRead(TestCluster cluster) throws Exception {
		try (Traffic<Integer> reads = Reads.of(cluster)) {
			reads.awaitMore(Reads.PER_SECOND);
			cluster.suspend("web-app-1");
			reads.awaitMore(5 * Reads.PER_SECOND);
			cluster.resume("web-app-1");
			awaitServedBy(cluster, "web-app-1");
			assertThat(Reads.failed(reads.stop())).isEmpty();
		}
	}

	@Test
	@Tag("containers")
	void gracefullyStoppedWebAppFailsNoReadAndLosesNoVisit(TestCluster cluster) throws Exception {
		String code = cluster.client().create("https://example.com/graceful");
		cluster.awaitReplicaCaughtUp();
		AtomicInteger visits = new AtomicInteger();
		LinkClient client = cluster.client();
		try (Traffic<Integer> reads = Traffic.of(200, () -> {
			int status = client.get("/" + code).statusCode();
			visits.incrementAndGet();
			return status;
		})) {
			reads.awaitMore(400);
			cluster.stop("web-app-2");
			reads.awaitMore(400);
			assertThat(Reads.failed(reads.stop())).isEmpty();
		}
		await().atMost(Duration.ofSeconds(10))
			.untilAsserted(
					() -> assertThat(LinkClient.json(cluster.client().get("/api/links/" + code)).get("visits").asInt())
						.isEqualTo(visits.get()));
	}

	@Test
	void killedGatewayLeavesThePublicPortServing(TestCluster cluster) throws Exception {
		String code = cluster.client().create("https://example.com/gateway");
		cluster.awaitReplicaCaughtUp();
		// What a browser does: one connection fails, the next one is tried.
		try (Traffic<Integer> reads = Traffic.of(100, () -> {
			try {
				return cluster.client().get("/" + code).statusCode();
			}
			catch (IOException ex) {
				return cluster.client().get("/" + code).statusCode();
			}
		})) {
			reads.awaitMore(100);
			cluster.kill("gateway-1");
			reads.awaitMore(300);
			cluster.start("gateway-1");
			reads.awaitMore(100);
			assertThat(Reads.failed(reads.stop())).isEmpty();
		}
	}

	@Test
	@Tag("containers")
	void killedReplicaFailsNoReadAndNoWriteAndIsUsedAgainAfterItsRestart(TestCluster cluster) throws Exception {
		try (Traffic<Integer> reads = Reads.of(cluster); Writes writes = new Writes(cluster, 20)) {
			reads.awaitMore(Reads.PER_SECOND);
			cluster.kill("mysql-2");
			reads.awaitMore(5 * Reads.PER_SECOND);
			assertThat(LinkClient.serverTiming(cluster.client().get("/"))).contains("mysql-1 primary");
			assertThat(cluster.readiness("web-app-1")).isEqualTo(200);
			cluster.start("mysql-2");
			awaitReadFrom(cluster, "mysql-2 replica");
			assertThat(Reads.failed(reads.stop())).isEmpty();
			writes.stop();
			assertThat(writes.failures()).isEmpty();
			writes.assertAllAcknowledgedArePresent();
		}
	}

	@Test
	void replicaThatWasStartedIsReadFromIfThePrimaryIsKilledAtOnce(TestCluster cluster) throws Exception {
		try (Traffic<Integer> reads = Reads.of(cluster)) {
			cluster.kill("mysql-2");
			reads.awaitMore(2 * Reads.PER_SECOND);
			cluster.start("mysql-2");
			cluster.kill("mysql-1");
			reads.awaitMore(3 * Reads.PER_SECOND);
			cluster.start("mysql-1");
			assertThat(Reads.failed(reads.stop())).isEmpty();
		}
	}

	@Test
	void suspendedReplicaFailsNoRead(TestCluster cluster) throws Exception {
		try (Traffic<Integer> reads = Reads.of(cluster)) {
			reads.awaitMore(Reads.PER_SECOND);
			cluster.suspend("mysql-2");
			reads.awaitMore(5 * Reads.PER_SECOND);
			cluster.resume("mysql-2");
			awaitReadFrom(cluster, "mysql-2 replica");
			assertThat(Reads.failed(reads.stop())).isEmpty();
		}
	}

	@Test
	@Tag("containers")
	void replicaWithBrokenReplicationServesNoReads(TestCluster cluster) throws Exception {
		cluster.execute("mysql-2", "STOP REPLICA SQL_THREAD");
		awaitReadFrom(cluster, "mysql-1 primary");
		cluster.execute("mysql-2", "START REPLICA SQL_THREAD");
		awaitReadFrom(cluster, "mysql-2 replica");
	}

	@Test
	@Tag("containers")
	void killedPrimaryFailsNoReadAndRefusesWritesWithinTwoSecondsUntilItIsBack(TestCluster cluster) throws Exception {
		try (Traffic<Integer> reads = Reads.of(cluster); Writes writes = new Writes(cluster, 20)) {
			reads.awaitMore(Reads.PER_SECOND);
			cluster.kill("mysql-1");
			reads.awaitMore(5 * Reads.PER_SECOND);
			HttpResponse<String> refused = cluster.client().shorten("https://example.com/refused");
			assertThat(refused.statusCode()).isEqualTo(503);
			assertThat(refused.headers().firstValue("Content-Type")).contains("application/problem+json");
			assertThat(refused.headers().firstValue("Retry-After")).isPresent();
			assertThat(cluster.readiness("web-app-1")).isEqualTo(200);
			cluster.start("mysql-1");
			awaitWritable(cluster);
			writes.awaitMore(40);
			assertThat(Reads.failed(reads.stop())).isEmpty();
			writes.stop();
			assertThat(writes.statuses()).isSubsetOf(201, 503);
			assertThat(writes.slowest()).isLessThan(Duration.ofSeconds(2));
			writes.assertAllAcknowledgedArePresent();
		}
	}

	@Test
	@Tag("containers")
	void suspendedPrimaryFailsNoReadAndRefusesWritesWithinTwoSeconds(TestCluster cluster) throws Exception {
		try (Traffic<Integer> reads = Reads.of(cluster); Writes writes = new Writes(cluster, 20)) {
			reads.awaitMore(Reads.PER_SECOND);
			cluster.suspend("mysql-1");
			reads.awaitMore(5 * Reads.PER_SECOND);
			cluster.resume("mysql-1");
			awaitWritable(cluster);
			assertThat(Reads.failed(reads.stop())).isEmpty();
			writes.stop();
			assertThat(writes.slowest()).isLessThan(Duration.ofSeconds(2));
			writes.assertAllAcknowledgedArePresent();
		}
	}

	@Test
	@Tag("containers")
	void webAppStartsAndServesReadsWhileThePrimaryIsDown(TestCluster cluster) throws Exception {
		String code = cluster.client().create("https://example.com/without-primary");
		cluster.awaitReplicaCaughtUp();
		cluster.stop("web-app-1");
		cluster.kill("mysql-1");
		cluster.start("web-app-1");
		assertThat(cluster.instanceClient("web-app-1").get("/" + code).statusCode()).isEqualTo(302);
	}

	@Test
	@Tag("containers")
	void bothDatabasesKilledAtOnceComeBackWithEveryAcknowledgedLink(TestCluster cluster) throws Exception {
		try (Writes writes = new Writes(cluster, 20)) {
			writes.awaitMore(60);
			cluster.kill("mysql-1");
			cluster.kill("mysql-2");
			writes.awaitMore(20);
			cluster.start("mysql-1");
			cluster.start("mysql-2");
			awaitWritable(cluster);
			writes.awaitMore(20);
			writes.stop();
			writes.assertAllAcknowledgedArePresent();
			cluster.awaitReplicaCaughtUp();
		}
	}

	private static void awaitServedBy(TestCluster cluster, String instance) {
		await().atMost(Duration.ofSeconds(15))
			.until(() -> instance.equals(LinkClient.servedBy(cluster.client().get("/"))));
	}

	/** Both instances, because each has its own view of the databases. */
	private static void awaitReadFrom(TestCluster cluster, String node) {
		for (String instance : List.of("web-app-1", "web-app-2")) {
			await(instance + " reads from " + node).atMost(Duration.ofSeconds(15))
				.until(() -> LinkClient.serverTiming(cluster.instanceClient(instance).get("/")).contains(node));
		}
	}

	private static void awaitWritable(TestCluster cluster) {
		await().atMost(Duration.ofSeconds(15))
			.until(() -> cluster.client().shorten("https://example.com/writable").statusCode() == 201);
	}

}
