package io.tandem.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What an application node answers about itself on its management port.
 *
 * @param ready whether it takes requests
 * @param detail the parts that are not well, empty if all are
 */
record Health(boolean ready, String detail) {

	private static final int TIMEOUT_MILLIS = 2000;

	static boolean isReady(URI management) {
		try {
			return get(management.resolve("/actuator/health/readiness")).status() == 200;
		}
		catch (IOException ex) {
			return false;
		}
	}

	static Health of(URI management) {
		try {
			boolean ready = get(management.resolve("/actuator/health/readiness")).status() == 200;
			return new Health(ready, problems(get(management.resolve("/actuator/health")).body()));
		}
		catch (IOException ex) {
			return new Health(false, "does not answer on " + management);
		}
	}

	/**
	 * Whether a web-app takes a database for the primary or for a replica to read from.
	 */
	static boolean isUsing(URI management, String database) {
		try {
			return isUsing(get(management.resolve("/actuator/health")).body(), database);
		}
		catch (IOException | JacksonException ex) {
			return false;
		}
	}

	static boolean isUsing(String body, String database) {
		return JsonMapper.shared()
			.readTree(body)
			.path("components")
			.valueStream()
			.map((component) -> component.path("details").path("nodes").path(database).path("state").asString(""))
			.anyMatch((state) -> state.equals("PRIMARY") || state.equals("REPLICA"));
	}

	static String problems(String body) {
		try {
			JsonNode health = JsonMapper.shared().readTree(body);
			List<String> problems = health.path("components")
				.propertyStream()
				.filter((component) -> !component.getValue().path("status").asString("UP").equals("UP"))
				.map((component) -> component.getKey() + " " + component.getValue().path("status").asString())
				.toList();
			return problems.stream().collect(Collectors.joining(", "));
		}
		catch (JacksonException ex) {
			return "its health cannot be read";
		}
	}

	private record Answer(int status, String body) {
	}

	/** A connection with bounded waits to a management port of this machine. */
	static HttpURLConnection connect(URI uri) throws IOException {
		// No HttpClient: loading it takes longer than a command like status should.
		HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection(Proxy.NO_PROXY);
		connection.setConnectTimeout(TIMEOUT_MILLIS);
		connection.setReadTimeout(TIMEOUT_MILLIS);
		return connection;
	}

	private static Answer get(URI uri) throws IOException {
		HttpURLConnection connection = connect(uri);
		try {
			int status = connection.getResponseCode();
			try (@Nullable
			InputStream body = (status < 400) ? connection.getInputStream() : connection.getErrorStream()) {
				return new Answer(status,
						(body != null) ? new String(body.readAllBytes(), StandardCharsets.UTF_8) : "");
			}
		}
		finally {
			connection.disconnect();
		}
	}

}
