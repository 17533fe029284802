package io.tandem.integration;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A client of the link shortener that speaks plain HTTP to the cluster's public port and
 * never retries.
 */
final class LinkClient {

	private static final String TOKEN = "Tandem-Consistency";

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private final URI base;

	private final HttpClient http = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.followRedirects(HttpClient.Redirect.NEVER)
		.connectTimeout(Duration.ofSeconds(5))
		.build();

	LinkClient(URI base) {
		this.base = base;
	}

	HttpResponse<String> get(String path) throws IOException, InterruptedException {
		return send(request(path).GET());
	}

	/**
	 * Get a path as the holder of a consistency token.
	 */
	HttpResponse<String> get(String path, String token) throws IOException, InterruptedException {
		return send(request(path).header(TOKEN, token).GET());
	}

	/**
	 * The token of what a request has written.
	 */
	static String token(HttpResponse<?> response) {
		return response.headers().firstValue(TOKEN).orElseThrow();
	}

	HttpResponse<String> shorten(String url) throws IOException, InterruptedException {
		String body = JSON.writeValueAsString(JSON.createObjectNode().put("url", url));
		return send(request("/api/links").header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(body)));
	}

	/**
	 * Create a link and return its code.
	 */
	String create(String url) throws IOException, InterruptedException {
		HttpResponse<String> response = shorten(url);
		if (response.statusCode() != 201) {
			throw new IOException("POST /api/links: " + response.statusCode() + " " + response.body());
		}
		return json(response).get("code").asString();
	}

	static JsonNode json(HttpResponse<String> response) {
		return JSON.readTree(response.body());
	}

	static String servedBy(HttpResponse<?> response) {
		return response.headers().firstValue("X-Served-By").orElse("nobody");
	}

	static String serverTiming(HttpResponse<?> response) {
		return String.join(", ", response.headers().allValues("Server-Timing"));
	}

	private HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(this.base.resolve(path)).timeout(Duration.ofSeconds(15));
	}

	private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
		return this.http.send(request.build(), HttpResponse.BodyHandlers.ofString());
	}

}
