package io.tandem.gateway.support;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The events that a page of the dashboard is sent.
 */
public final class DashboardStream implements AutoCloseable {

	private final InputStream body;

	private final BufferedReader reader;

	private DashboardStream(InputStream body) {
		this.body = body;
		this.reader = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
	}

	/** Opens the stream of a gateway's management address, for which nobody logs in. */
	public static DashboardStream open(String origin) throws IOException, InterruptedException {
		HttpRequest request = HttpRequest.newBuilder(URI.create(origin + "/dashboard/stream"))
			.timeout(Duration.ofSeconds(10))
			.build();
		return new DashboardStream(HttpClient.newHttpClient().send(request, BodyHandlers.ofInputStream()).body());
	}

	/** Waits for the next one of this name; they come once a second. */
	public JsonNode next(String name) throws IOException {
		while (true) {
			String line = reader.readLine();
			if (line == null) {
				throw new IOException("The stream has ended");
			}
			if (line.equals("event: " + name)) {
				return JsonMapper.shared().readTree(reader.readLine().substring("data: ".length()));
			}
		}
	}

	@Override
	public void close() throws IOException {
		body.close();
	}

}
