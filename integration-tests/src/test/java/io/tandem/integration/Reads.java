package io.tandem.integration;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.tandem.integration.Traffic.Outcome;

/**
 * Redirects and listings, 200 a second; fewer in containers.
 */
final class Reads {

	/** Two cores do not carry all of it beside an engine and a dozen containers. */
	static final int PER_SECOND = TestCluster.inContainers() ? 50 : 200;

	private Reads() {
	}

	static Traffic<Integer> of(TestCluster cluster) throws Exception {
		LinkClient client = cluster.client();
		String code = client.create("https://example.com/reads");
		cluster.awaitReplicaCaughtUp();
		AtomicInteger turn = new AtomicInteger();
		return Traffic.of(PER_SECOND, () -> {
			boolean redirect = turn.getAndIncrement() % 10 != 0;
			HttpResponse<String> response = client.get(redirect ? "/" + code : "/api/links?limit=5");
			if (response.statusCode() >= 400) {
				throw new IOException(
						response.statusCode() + " from " + LinkClient.servedBy(response) + ": " + response.body());
			}
			return response.statusCode();
		});
	}

	static List<Outcome<Integer>> failed(List<Outcome<Integer>> reads) {
		return reads.stream()
			.filter((outcome) -> !(outcome instanceof Outcome.Answer<Integer> answer
					&& (answer.value() == 302 || answer.value() == 200)))
			.toList();
	}

}
