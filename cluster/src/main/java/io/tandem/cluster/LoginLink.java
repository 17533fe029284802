package io.tandem.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks a gateway for the path that logs in to its dashboard once.
 */
final class LoginLink {

	/** The first request of its kind, while all nodes have just been started. */
	private static final int ANSWERED_WITHIN_MILLIS = 5000;

	private LoginLink() {
	}

	/** Nothing if the gateway does not give one: the password does as well. */
	static Optional<String> path(URI management, String authorization) {
		try {
			HttpURLConnection connection = Health.connect(management.resolve("/actuator/login"));
			connection.setReadTimeout(ANSWERED_WITHIN_MILLIS);
			connection.setDoOutput(true);
			connection.setRequestProperty("Content-Type", "application/json");
			connection.setRequestProperty("Authorization", authorization);
			try (OutputStream body = connection.getOutputStream()) {
				body.write("{}".getBytes(StandardCharsets.UTF_8));
			}
			try (InputStream answer = connection.getInputStream()) {
				return JsonMapper.shared().readTree(answer).path("path").asStringOpt();
			}
			finally {
				connection.disconnect();
			}
		}
		catch (IOException | JacksonException ex) {
			return Optional.empty();
		}
	}

}
