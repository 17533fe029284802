package io.tandem.cluster.load;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The calls of one client of the link shortener, who keeps the consistency token of its
 * writes as a browser does. Used by one thread at a time.
 */
final class LinkCalls {

	private static final String TOKEN = "Tandem-Consistency";

	private static final JsonMapper JSON = new JsonMapper();

	private final HttpClient http;

	private final URI base;

	private final Duration patience;

	private @Nullable String token;

	/**
	 * Creates the calls.
	 * @param http sends them
	 * @param base where they go
	 * @param patience the longest wait for an answer
	 * @param token the token the client begins with, {@code null} if it has none
	 */
	LinkCalls(HttpClient http, URI base, Duration patience, @Nullable String token) {
		this.http = http;
		this.base = base;
		this.patience = patience;
		this.token = token;
	}

	@Nullable String token() {
		return this.token;
	}

	HttpResponse<String> create(String url) throws IOException, InterruptedException {
		return send(request("/api/links").header("Content-Type", "application/json")
			// With it the gateway may ask the other instance without creating two links.
			.header("Idempotency-Key", url)
			.POST(BodyPublishers.ofString("{\"url\":\"" + url + "\"}")));
	}

	/** The link that a call has created. */
	static Link created(HttpResponse<String> response, String url) {
		JsonNode created = JSON.readTree(response.body());
		return new Link(created.required("code").asString(), url, created.required("ownerKey").asString());
	}

	HttpResponse<String> follow(Link link) throws IOException, InterruptedException {
		return send(request("/" + link.code()).GET());
	}

	HttpResponse<String> delete(Link link) throws IOException, InterruptedException {
		return send(request("/api/links/" + link.code()).header("Authorization", "Bearer " + link.ownerKey()).DELETE());
	}

	private HttpRequest.Builder request(String path) {
		HttpRequest.Builder request = HttpRequest.newBuilder(this.base.resolve(path)).timeout(this.patience);
		return (this.token != null) ? request.header(TOKEN, this.token) : request;
	}

	private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
		HttpResponse<String> response = this.http.send(request.build(), BodyHandlers.ofString());
		this.token = response.headers().firstValue(TOKEN).orElse(this.token);
		return response;
	}

	/**
	 * A link that was acknowledged.
	 *
	 * @param code its short code
	 * @param url where it leads
	 * @param ownerKey with which it can be deleted
	 */
	record Link(String code, String url, String ownerKey) {

		boolean isReachedBy(HttpResponse<?> response) {
			return response.statusCode() == 302
					&& response.headers().firstValue("Location").filter(this.url::equals).isPresent();
		}

	}

}
