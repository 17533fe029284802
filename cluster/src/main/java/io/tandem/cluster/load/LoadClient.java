package io.tandem.cluster.load;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import io.tandem.cluster.load.LinkCalls.Link;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * One client of the link shortener: creates links and reads those it has created. Used by
 * one thread at a time.
 */
final class LoadClient {

	private static final Duration PATIENCE = Duration.ofSeconds(15);

	/** Failed writes that are remembered; more are an outage, which creates nothing. */
	private static final int MOST_DOUBTFUL = 100;

	/** The URL of each link is this and a number. */
	private final String urls = "https://example.com/load/" + UUID.randomUUID() + "/";

	private final LinkCalls calls;

	private final AcknowledgedLinks acknowledged;

	private final List<String> doubtful = new ArrayList<>();

	private long writes;

	LoadClient(HttpClient http, URI base, int mostLinks) {
		this.calls = new LinkCalls(http, base, PATIENCE, null);
		this.acknowledged = new AcknowledgedLinks(this.urls, mostLinks);
	}

	/** The links that were acknowledged with 201. */
	AcknowledgedLinks acknowledged() {
		return this.acknowledged;
	}

	boolean hasLinks() {
		return this.acknowledged.size() > 0;
	}

	Answer read() throws InterruptedException {
		Link link = this.acknowledged.any();
		return exchange(() -> {
			HttpResponse<String> response = this.calls.follow(link);
			return Answer.of(link.isReachedBy(response) ? "" : "a read got " + response.statusCode(),
					response.headers());
		});
	}

	Answer write() throws InterruptedException {
		String url = this.urls + this.writes++;
		Answer answer = create(url);
		if (answer.failed() && this.doubtful.size() < MOST_DOUBTFUL) {
			this.doubtful.add(url);
		}
		return answer;
	}

	/**
	 * Gets to know the links of failed writes, which may be there all the same, so that
	 * they can be deleted: a second try with the same key creates no second link. Ends
	 * with the first that fails again.
	 */
	void claimDoubtful() throws InterruptedException {
		for (String url : this.doubtful) {
			if (create(url).failed()) {
				return;
			}
		}
	}

	private Answer create(String url) throws InterruptedException {
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

	/**
	 * Deletes a link.
	 * @return whether it is gone, or {@code null} if nobody could tell
	 */
	@Nullable Boolean delete(Link link) throws InterruptedException {
		try {
			int status = this.calls.delete(link).statusCode();
			return (status < 500) ? status / 100 == 2 || status == 404 : null;
		}
		catch (IOException ex) {
			return null;
		}
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
