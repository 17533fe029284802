package io.tandem.integration;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("containers")
@ExtendWith(SharedCluster.class)
class RoundRobinIntegrationTests {

	@BeforeEach
	void noInstanceIsWarmingUp(TestCluster cluster) {
		cluster.awaitEqualShares();
	}

	@Test
	void requestsOnOneConnectionAlternateExactly(TestCluster cluster) throws Exception {
		LinkClient client = cluster.client();
		String previous = LinkClient.servedBy(client.get("/"));
		for (int i = 0; i < 100; i++) {
			String current = LinkClient.servedBy(client.get("/"));
			assertThat(current).isIn("web-app-1", "web-app-2").isNotEqualTo(previous);
			previous = current;
		}
	}

	@Test
	void thousandConcurrentRequestsSplitInHalvesOffByOnePerGateway(TestCluster cluster) throws Exception {
		String code = cluster.client().create("https://example.com/halves");
		cluster.awaitReplicaCaughtUp();
		List<Callable<String>> calls = new ArrayList<>();
		for (int i = 0; i < 20; i++) {
			// A client has its own connections, and the kernel spreads them over the
			// gateways.
			LinkClient client = cluster.client();
			for (int j = 0; j < 50; j++) {
				calls.add(() -> LinkClient.servedBy(client.get("/" + code)));
			}
		}
		List<String> instances = new ArrayList<>();
		try (ExecutorService executor = Executors.newFixedThreadPool(16)) {
			for (Future<String> future : executor.invokeAll(calls)) {
				instances.add(future.get());
			}
		}
		assertThat(instances).containsOnly("web-app-1", "web-app-2");
		long first = instances.stream().filter("web-app-1"::equals).count();
		assertThat(first).isBetween(500L - cluster.gateways(), 500L + cluster.gateways());
	}

}
