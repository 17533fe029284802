package io.tandem.cluster.load;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One client of the link shortener: creates links, reads those it has created and keeps
 * the consistency token of its writes, as a browser does. Used by one thread at a time.
 */
final class LoadClient {

	private static final Duration PATIENCE = Duration.ofSeconds(15);

	private static final String TOKEN = "Tandem-Consistency";

	private static final JsonMapper JSON = new JsonMapper();

	private final HttpClient http;

	private final URI base;

	private final List<Link> acknowledged = new ArrayList<>();

	private @Nullable String token;

	LoadClient(HttpClient http, URI base) {
		this.http = http;
		this.base = base;
	}

	/** The links that were acknowledged with 201. */
	List<Link> acknowledged() {
		return this.acknowledged;
	}

	boolean hasLinks() {
		return !this.acknowledged.isEmpty();
	}

	Answer read() throws InterruptedException {
		Link link = this.acknowledged.get(ThreadLocalRandom.current().nextInt(this.acknowledged.size()));
		return exchange(() -> {
			HttpResponse<String> response = follow(link);
			return Answer.of(leadsTo(response, link) ? "" : "a read got " + response.statusCode(), response.headers());
		});
	}

	Answer write() throws InterruptedException {
		String url = "https://example.com/load/" + UUID.randomUUID();
		return exchange(() -> {
			HttpResponse<String> response = send(request("/api/links").header("Content-Type", "application/json")
				// With it the gateway may ask the other instance without creating two
				// links.
				.header("Idempotency-Key", url)
				.POST(BodyPublishers.ofString("{\"url\":\"" + url + "\"}")));
			if (response.statusCode() != 201) {
				return Answer.of("a write got " + response.statusCode(), response.headers());
			}
			JsonNode created = JSON.readTree(response.body());
			this.acknowledged
				.add(new Link(created.required("code").asString(), url, created.required("ownerKey").asString()));
			return Answer.of("", response.headers());
		});
	}

	/**
	 * Looks whether an acknowledged link is there.
	 * @return whether it is, or {@code null} if nobody could tell
	 */
	@Nullable Boolean isThere(Link link) throws InterruptedException {
		try {
			HttpResponse<String> response = follow(link);
			return (response.statusCode() == 302 || response.statusCode() == 404) ? leadsTo(response, link) : null;
		}
		catch (IOException ex) {
			return null;
		}
	}

	/** Deletes a link; one that cannot be deleted now stays. */
	void delete(Link link) throws InterruptedException {
		exchange(() -> Answer.of("",
				send(request("/api/links/" + link.code()).header("Authorization", "Bearer " + link.ownerKey()).DELETE())
					.headers()));
	}

	private HttpResponse<String> follow(Link link) throws IOException, InterruptedException {
		return send(request("/" + link.code()).GET());
	}

	private static boolean leadsTo(HttpResponse<String> response, Link link) {
		return response.statusCode() == 302
				&& response.headers().firstValue("Location").filter(link.url()::equals).isPresent();
	}

	private HttpRequest.Builder request(String path) {
		HttpRequest.Builder request = HttpRequest.newBuilder(this.base.resolve(path)).timeout(PATIENCE);
		return (this.token != null) ? request.header(TOKEN, this.token) : request;
	}

	private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
		HttpResponse<String> response = this.http.send(request.build(), BodyHandlers.ofString());
		this.token = response.headers().firstValue(TOKEN).orElse(this.token);
		return response;
	}

	private static Answer exchange(Exchange exchange) throws InterruptedException {
		try {
			return exchange.run();
		}
		catch (IOException ex) {
			return Answer.failed("no answer ("
					+ ((ex.getMessage() != null) ? ex.getMessage() : ex.getClass().getSimpleName()) + ")");
		}
		catch (JacksonException ex) {
			return Answer.failed("an answer that is no link: is this Tandem's web-app?");
		}
	}

	@FunctionalInterface
	private interface Exchange {

		Answer run() throws IOException, InterruptedException;

	}

	/**
	 * A link that was acknowledged.
	 *
	 * @param code its short code
	 * @param url where it leads
	 * @param ownerKey with which it can be deleted
	 */
	record Link(String code, String url, String ownerKey) {
	}

}
