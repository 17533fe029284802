package io.tandem.cluster.tour;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.UUID;

import io.tandem.cluster.Cluster;
import io.tandem.cluster.Node;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Links created at one instance and read at once at the other, first with the token of
 * the write and then without.
 *
 * @param pairs how many of each
 * @param seenWithToken how many were seen with the token
 * @param onReplica how many of these were read from a replica
 * @param seenWithout how many were seen without the token
 */
record Pairs(int pairs, int seenWithToken, int onReplica, int seenWithout) {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private static final String TOKEN = "Tandem-Consistency";

	private static final JsonMapper JSON = new JsonMapper();

	static Pairs run(Cluster cluster, int pairs) throws IOException, InterruptedException {
		URI writer = cluster.httpUri(Node.WEB_APP_1);
		URI reader = cluster.httpUri(Node.WEB_APP_2);
		int seen = 0;
		int replica = 0;
		int without = 0;
		try (HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
			for (int i = 0; i < pairs; i++) {
				HttpResponse<String> read = pair(http, writer, reader, true);
				if (read.statusCode() == 302) {
					seen++;
					replica += String.join("", read.headers().allValues("Server-Timing")).contains(" replica\"") ? 1
							: 0;
				}
				without += (pair(http, writer, reader, false).statusCode() == 302) ? 1 : 0;
			}
		}
		return new Pairs(pairs, seen, replica, without);
	}

	private static HttpResponse<String> pair(HttpClient http, URI writer, URI reader, boolean withToken)
			throws IOException, InterruptedException {
		HttpResponse<String> written = http
			.send(request(writer, "/api/links").header("Content-Type", "application/json")
				.POST(BodyPublishers.ofString("{\"url\":\"https://example.com/tour/" + UUID.randomUUID() + "\"}"))
				.build(), BodyHandlers.ofString());
		if (written.statusCode() != 201) {
			throw new IOException(writer + " answered " + written.statusCode() + " to a new link: " + written.body());
		}
		JsonNode link = JSON.readTree(written.body());
		String code = link.required("code").asString();
		HttpRequest.Builder read = request(reader, "/" + code).GET();
		if (withToken) {
			read.header(TOKEN, written.headers().firstValue(TOKEN).orElseThrow());
		}
		HttpResponse<String> answer = http.send(read.build(), BodyHandlers.ofString());
		http.send(request(writer, "/api/links/" + code)
			.header("Authorization", "Bearer " + link.required("ownerKey").asString())
			.DELETE()
			.build(), BodyHandlers.ofString());
		return answer;
	}

	private static HttpRequest.Builder request(URI base, String path) {
		return HttpRequest.newBuilder(base.resolve(path)).timeout(PATIENCE);
	}

	@Override
	public String toString() {
		return this.seenWithToken + " of " + this.pairs + " links were seen with the token, " + this.onReplica
				+ " of them on the replica; without the token " + this.seenWithout + " of " + this.pairs + ".";
	}

}
