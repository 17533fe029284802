package io.tandem.integration;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.tandem.integration.Traffic.Outcome;

/**
 * Redirects and listings, 200 a second.
 */
final class Reads {

	private Reads() {
	}

	static Traffic<Integer> of(TestCluster cluster) throws Exception {
		LinkClient client = cluster.client();
		String code = client.create("https://example.com/reads");
		cluster.awaitReplicaCaughtUp();
		AtomicInteger turn = new AtomicInteger();
		return Traffic.of(200, () -> {
			boolean redirect = turn.getAndIncrement() % 10 != 0;
			return client.get(redirect ? "/" + code : "/api/links?limit=5").statusCode();
		});
	}

	static List<Outcome<Integer>> failed(List<Outcome<Integer>> reads) {
		return reads.stream()
			.filter((outcome) -> !(outcome instanceof Outcome.Answer<Integer> answer
					&& (answer.value() == 302 || answer.value() == 200)))
			.toList();
	}

}
