package io.tandem.integration;

import java.io.IOException;
import java.util.List;

import io.tandem.cluster.tour.Stop;
import io.tandem.cluster.tour.Tour;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Those stops of {@code ./tandem tour} that kill nothing: the other tests do.
 */
@ExtendWith(SharedCluster.class)
class TourIntegrationTests {

	@BeforeEach
	void noInstanceIsWarmingUp(TestCluster cluster) {
		cluster.awaitEqualShares();
	}

	@Test
	void tourTellsWhatWasMeasuredAndRestoresTheWeights(TestCluster cluster) throws Exception {
		Tour tour = Tour.begin(cluster.processes());
		try {
			List<Stop> stops = tour.stops();
			assertThat(perform(stops, "Round robin")).contains(" 0 failed", "mysql-2 replica")
				.containsPattern("web-app-1 (49|50|51) %");
			assertThat(perform(stops, "Weights")).contains(" 0 failed").containsPattern("web-app-1 7[3-7] %");
			assertThat(perform(stops, "Read your writes")).startsWith("100 of 100 links were seen with the token");
			assertThat(tour.end().isGood()).isTrue();
		}
		finally {
			tour.restore();
		}
		for (String gateway : cluster.gatewayNames()) {
			assertThat(settings(cluster, gateway)).doesNotContain("\"weight\":3");
		}
	}

	private static String settings(TestCluster cluster, String gateway) throws IOException, InterruptedException {
		return cluster.balancer(gateway, "GET", "", "").body();
	}

	private static String perform(List<Stop> stops, String title) throws Exception {
		return stops.stream().filter((stop) -> stop.title().equals(title)).findFirst().orElseThrow().act().perform();
	}

}
