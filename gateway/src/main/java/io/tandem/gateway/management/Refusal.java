package io.tandem.gateway.management;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;

/**
 * Says why an endpoint or a filter did not do something, as problem details (RFC 9457).
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

	/** Answers for a filter. */
	static Mono<Void> write(ServerHttpResponse response, HttpStatus status, String detail, JsonMapper json) {
		byte[] body = json.writeValueAsString(body(status.value(), status.getReasonPhrase(), detail))
			.getBytes(StandardCharsets.UTF_8);
		response.setStatusCode(status);
		response.getHeaders().setContentType(MediaType.APPLICATION_PROBLEM_JSON);
		response.getHeaders().setContentLength(body.length);
		return response.writeWith(Mono.fromSupplier(() -> response.bufferFactory().wrap(body)));
	}

	private static Map<String, Object> body(int status, String title, String detail) {
		Map<String, Object> body = new LinkedHashMap<>();
		body.put("type", "about:blank");
		body.put("title", title);
		body.put("status", status);
		body.put("detail", detail);
		return body;
	}

}
