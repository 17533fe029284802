package io.tandem.gateway.management;

import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.http.MediaType;

/**
 * Says why the endpoint did not do something, as problem details (RFC 9457).
 */
final class Refusal {

	private Refusal() {
	}

	static WebEndpointResponse<Object> badRequest(String detail) {
		return response(400, "Bad Request", detail);
	}

	static WebEndpointResponse<Object> notFound(String detail) {
		return response(404, "Not Found", detail);
	}

	private static WebEndpointResponse<Object> response(int status, String title, String detail) {
		return new WebEndpointResponse<>(body(status, title, detail), status, MediaType.APPLICATION_PROBLEM_JSON);
	}

	static Map<String, Object> body(int status, String title, String detail) {
		Map<String, Object> body = new LinkedHashMap<>();
		body.put("type", "about:blank");
		body.put("title", title);
		body.put("status", status);
		body.put("detail", detail);
		return body;
	}

}
