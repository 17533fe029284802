package io.tandem.gateway.proxy;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.web.ErrorResponse;

/**
 * Puts the errors of the gateway itself into problem details (RFC 9457) and the header
 * {@code X-Gateway-Error}, which tells them from the errors of an instance.
 */
final class Problems {

	private static final String REASON_HEADER = "X-Gateway-Error";

	private static final Logger logger = LoggerFactory.getLogger(Problems.class);

	private final JsonMapper json;

	Problems(JsonMapper json) {
		this.json = json;
	}

	/** What a client gets to know of an error; the log has the rest. */
	Problem of(Throwable error, String method, String path) {
		if (error instanceof Problem problem) {
			return problem;
		}
		if (error instanceof ClientGoneException) {
			return new Problem(HttpStatus.BAD_REQUEST, "client-gone",
					"The request ended before its body was complete.");
		}
		if (error instanceof ErrorResponse response) {
			HttpStatus status = status(response.getStatusCode());
			return new Problem(status, "gateway", status.getReasonPhrase() + ".");
		}
		logger.error("{} {} failed inside the gateway", method, path, error);
		return new Problem(HttpStatus.INTERNAL_SERVER_ERROR, "gateway",
				"The gateway failed to process the request; its log says why.");
	}

	private static HttpStatus status(HttpStatusCode code) {
		HttpStatus status = HttpStatus.resolve(code.value());
		return (status != null) ? status : HttpStatus.INTERNAL_SERVER_ERROR;
	}

	Map<String, String> headers(Problem problem) {
		Map<String, String> headers = new LinkedHashMap<>();
		headers.put(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_PROBLEM_JSON_VALUE);
		headers.put(REASON_HEADER, problem.reason());
		if (problem.status() == HttpStatus.SERVICE_UNAVAILABLE) {
			headers.put(HttpHeaders.RETRY_AFTER, "1");
		}
		if (problem.status().is4xxClientError()) {
			// The rest of such a request is not worth reading.
			headers.put(HttpHeaders.CONNECTION, "close");
		}
		return headers;
	}

	byte[] body(Problem problem) {
		Map<String, Object> body = new LinkedHashMap<>();
		body.put("type", "about:blank");
		body.put("title", problem.status().getReasonPhrase());
		body.put("status", problem.status().value());
		body.put("detail", problem.detail());
		body.put("reason", problem.reason());
		return json.writeValueAsString(body).getBytes(StandardCharsets.UTF_8);
	}

}
