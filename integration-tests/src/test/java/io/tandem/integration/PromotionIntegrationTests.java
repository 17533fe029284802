package io.tandem.integration;

import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Changes the primary of the pair under traffic, with the applications' db-router
 * following by itself. Afterwards mysql-1 is the primary again, as other tests want it.
 */
@ExtendWith(SharedCluster.class)
class PromotionIntegrationTests {

	@AfterEach
	void makeTheFirstNodeThePrimaryAgain(TestCluster cluster) {
		cluster.heal();
		if (!cluster.primary().equals("mysql-1")) {
			cluster.promote("mysql-1");
		}
	}

	@Test
	void plannedPromotionLosesNothingAndFailsNoReadAndNoWrite(TestCluster cluster) throws Exception {
		try (Traffic<Integer> reads = Reads.of(cluster); Writes writes = new Writes(cluster, 20)) {
			writes.awaitMore(20);
			Duration pause = writes.resumedAfter(() -> cluster.promote("mysql-2"));
			assertThat(cluster.primary()).isEqualTo("mysql-2");
			writes.awaitMore(40);
			assertThat(Reads.failed(reads.stop())).isEmpty();
			writes.stop();
			System.out.println("FIGURE planned promotion of a pair: slowest write " + writes.slowest().toMillis()
					+ " ms, failed writes " + writes.failures().size() + ", first write after the command "
					+ pause.toMillis() + " ms");
			assertThat(writes.failures()).isEmpty();
			writes.assertAllAcknowledgedArePresent();
			assertThat(LinkClient.serverTiming(cluster.client().get("/"))).contains("mysql-1 replica");
		}
	}

	@Test
	void replicaPromotedByForceTakesOverAndTheKilledPrimaryReturnsAsItsReplica(TestCluster cluster) throws Exception {
		try (Traffic<Integer> reads = Reads.of(cluster); Writes writes = new Writes(cluster, 20)) {
			writes.awaitMore(20);
			cluster.kill("mysql-1");
			Duration resumed = writes.resumedAfter(() -> cluster.promoteForcibly("mysql-2"));
			System.out.println(
					"FIGURE forced promotion of a pair: first write " + resumed.toMillis() + " ms after the command");
			assertThat(resumed).isLessThan(Duration.ofSeconds(3));
			writes.awaitMore(40);
			assertThat(Reads.failed(reads.stop())).isEmpty();
			writes.stop();
			// In the log of mysql-1 may be commits that nobody was told of.
			cluster.startOrReclone("mysql-1");
			cluster.awaitWhole();
			writes.assertAllAcknowledgedArePresent();
			assertThat(cluster.primary()).isEqualTo("mysql-2");
		}
	}

}
