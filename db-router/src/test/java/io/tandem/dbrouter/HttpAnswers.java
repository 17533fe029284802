package io.tandem.dbrouter;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Objects;

import org.springframework.context.ConfigurableApplicationContext;

/** Calls an instance over HTTP. */
final class HttpAnswers {

	private final HttpClient client = HttpClient.newHttpClient();

	private final String base;

	HttpAnswers(ConfigurableApplicationContext context) {
		this.base = "http://localhost:"
				+ Objects.requireNonNull(context.getEnvironment().getProperty("local.server.port"));
	}

	HttpResponse<String> post(String path, String... headers) {
		return send(HttpRequest.newBuilder(URI.create(this.base + path)).POST(HttpRequest.BodyPublishers.noBody()),
				headers);
	}

	HttpResponse<String> get(String path, String... headers) {
		return send(HttpRequest.newBuilder(URI.create(this.base + path)), headers);
	}

	private HttpResponse<String> send(HttpRequest.Builder request, String... headers) {
		for (int i = 0; i < headers.length; i += 2) {
			request.header(headers[i], headers[i + 1]);
		}
		try {
			return this.client.send(request.build(), HttpResponse.BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

}
