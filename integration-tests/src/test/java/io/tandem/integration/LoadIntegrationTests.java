package io.tandem.integration;

import java.net.URI;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;

import io.tandem.cluster.load.Figures;
import io.tandem.cluster.load.Load;
import io.tandem.cluster.load.LoadPlan;
import io.tandem.cluster.load.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What {@code ./tandem load} finds out about a cluster.
 */
@ExtendWith(SharedCluster.class)
class LoadIntegrationTests {

	@Test
	void everyLinkOfTheTrafficIsFoundAndThenDeleted(TestCluster cluster) throws Exception {
		long before = cluster.codesOn("mysql-1").size();
		try (Load load = Load.start(plan(cluster.uri(), 4))) {
			assertThat(load.goesOnFor(Duration.ofSeconds(2))).isTrue();
			Figures interval = load.interval();
			assertThat(interval.perSecond()).isBetween(60.0, 120.0);
			while (load.goesOnFor(Duration.ofSeconds(1))) {
				assertThat(load.interval().requests()).isPositive();
			}
			Figures all = load.end();
			assertThat(all.errors()).isEmpty();
			assertThat(all.requests()).isBetween(399L, 401L);
			assertThat(all.p50()).isPositive().isLessThanOrEqualTo(all.p99());
			assertThat(all.instances()).containsOnlyKeys("web-app-1", "web-app-2");
			assertThat(all.instances().get("web-app-1")).isBetween(150L, 250L);
			assertThat(all.databases()).containsKeys("mysql-1 primary", "mysql-2 replica");
			Verdict verdict = load.check();
			assertThat(verdict.isGood()).isTrue();
			assertThat(verdict.acknowledged()).isBetween(50L, 200L);
			assertThat(load.delete()).isZero();
		}
		assertThat(cluster.codesOn("mysql-1")).hasSize((int) before);
	}

	@Test
	void linkThatIsGoneIsCalledLost(TestCluster cluster) throws Exception {
		try (Load load = Load.start(plan(cluster.uri(), 1))) {
			// Long enough for a link among them.
			assertThat(load.goesOnFor(Duration.ofMillis(500))).isTrue();
			load.end();
			try (Connection connection = cluster.connect("mysql-1");
					Statement statement = connection.createStatement()) {
				assertThat(statement.executeUpdate("DELETE FROM tandem.link WHERE url LIKE 'https://example.com/load/%'"
						+ " ORDER BY id DESC LIMIT 1"))
					.isOne();
			}
			cluster.awaitReplicaCaughtUp();
			Verdict verdict = load.check();
			assertThat(verdict.isGood()).isFalse();
			assertThat(verdict.lost()).hasSize(1);
			assertThat(verdict.unknown()).isZero();
			load.delete();
		}
	}

	@Test
	void trafficThatNobodyAnswersIsNoGoodNews() throws Exception {
		try (Load load = Load.start(plan(URI.create("http://127.0.0.1:1/"), 1))) {
			while (load.goesOnFor(Duration.ofSeconds(1))) {
				assertThat(load.interval().failed()).isPositive();
			}
			Figures all = load.end();
			assertThat(all.failed()).isEqualTo(all.requests()).isPositive();
			assertThat(load.check().isGood()).isFalse();
		}
	}

	private static LoadPlan plan(URI target, int seconds) {
		return new LoadPlan(target, 100, 70, Duration.ofSeconds(seconds), 8);
	}

}
