package io.tandem.integration;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Prometheus as the profile {@code monitoring} starts it beside a cluster in containers.
 */
final class Prometheus implements AutoCloseable {

	private final Containers containers;

	private final HttpClient http = HttpClient.newHttpClient();

	private Prometheus(Containers containers) {
		this.containers = containers;
	}

	static Prometheus startBeside(Containers containers) {
		containers.compose(Duration.ofMinutes(2), "--profile", "monitoring", "up", "--wait", "prometheus");
		return new Prometheus(containers);
	}

	/**
	 * What an expression finds now.
	 * @return an element for each series, with {@code metric} and {@code value}; none if
	 * Prometheus does not answer
	 */
	List<JsonNode> ask(String expression) throws InterruptedException {
		URI uri = this.containers.prometheus()
			.resolve("api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8));
		try {
			String body = this.http
				.send(HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(10)).build(),
						HttpResponse.BodyHandlers.ofString())
				.body();
			return JsonMapper.shared().readTree(body).path("data").path("result").valueStream().toList();
		}
		catch (IOException ex) {
			return List.of();
		}
	}

	@Override
	public void close() {
		this.http.close();
		this.containers.compose(Duration.ofMinutes(1), "--profile", "monitoring", "rm", "--stop", "--force",
				"prometheus");
	}

}
