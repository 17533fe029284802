package io.tandem.cluster.load;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

import io.tandem.cluster.load.LinkCalls.Link;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * One client of the link shortener: creates links and reads those it has created. Used by
 * one thread at a time.
 */
final class LoadClient {

	private static final Duration PATIENCE = Duration.ofSeconds(15);

	private final LinkCalls calls;

	private final List<Link> acknowledged = new ArrayList<>();

	LoadClient(HttpClient http, URI base) {
		this.calls = new LinkCalls(http, base, PATIENCE, null);
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
			HttpResponse<String> response = this.calls.follow(link);
			return Answer.of(link.isReachedBy(response) ? "" : "a read got " + response.statusCode(),
					response.headers());
		});
	}

	Answer write() throws InterruptedException {
		String url = "https://example.com/load/" + UUID.randomUUID();
		return exchange(() -> {
			HttpResponse<String> response = this.calls.create(url);
			if (response.statusCode() != 201) {
				return Answer.of("a write got " + response.statusCode(), response.headers());
			}
			this.acknowledged.add(LinkCalls.created(response, url));
			return Answer.of("", response.headers()).asCreated();
		});
	}

	/**
	 * Looks whether an acknowledged link is there.
	 * @return whether it is, or {@code null} if nobody could tell
	 */
	@Nullable Boolean isThere(Link link) throws InterruptedException {
		try {
			HttpResponse<String> response = this.calls.follow(link);
			return (response.statusCode() == 302 || response.statusCode() == 404) ? link.isReachedBy(response) : null;
		}
		catch (IOException ex) {
			return null;
		}
	}

	/** Deletes a link; one that cannot be deleted now stays. */
	void delete(Link link) throws InterruptedException {
		exchange(() -> Answer.of("", this.calls.delete(link).headers()));
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

}
