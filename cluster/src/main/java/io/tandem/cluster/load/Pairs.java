package io.tandem.cluster.load;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.UUID;
import java.util.function.BooleanSupplier;

import io.tandem.cluster.load.LinkCalls.Link;

/**
 * Links created at one instance and read at once at the other, first with the token of
 * the write and then without.
 *
 * @param pairs how many of each
 * @param seenWithToken how many were seen with the token
 * @param onReplica how many of these were read from a replica
 * @param seenWithout how many were seen without the token
 */
public record Pairs(int pairs, int seenWithToken, int onReplica, int seenWithout) {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	/**
	 * Creates, reads and deletes links.
	 * @param writer the instance that creates
	 * @param reader the instance that reads
	 * @param pairs how many links with the token, and as many without
	 * @param goesOn asked before each of them whether to go on
	 * @return how many were seen
	 * @throws IOException if an instance does not answer, or refuses a new link
	 * @throws InterruptedException if the thread was interrupted
	 */
	public static Pairs run(URI writer, URI reader, int pairs, BooleanSupplier goesOn)
			throws IOException, InterruptedException {
		int seen = 0;
		int replica = 0;
		int without = 0;
		try (HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
			for (int i = 0; i < pairs && goesOn.getAsBoolean(); i++) {
				HttpResponse<String> read = pair(http, writer, reader, true);
				if (read.statusCode() == 302) {
					seen++;
					replica += Answer.of("", read.headers()).isFromReplica() ? 1 : 0;
				}
				without += (pair(http, writer, reader, false).statusCode() == 302) ? 1 : 0;
			}
		}
		return new Pairs(pairs, seen, replica, without);
	}

	private static HttpResponse<String> pair(HttpClient http, URI writer, URI reader, boolean withToken)
			throws IOException, InterruptedException {
		LinkCalls owner = new LinkCalls(http, writer, PATIENCE, null);
		String url = "https://example.com/tour/" + UUID.randomUUID();
		HttpResponse<String> written = owner.create(url);
		if (written.statusCode() != 201) {
			throw new IOException(writer + " answered " + written.statusCode() + " to a new link: " + written.body());
		}
		Link link = LinkCalls.created(written, url);
		LinkCalls visitor = new LinkCalls(http, reader, PATIENCE, withToken ? owner.token() : null);
		try {
			return visitor.follow(link);
		}
		finally {
			owner.delete(link);
		}
	}

}
