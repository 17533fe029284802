package io.tandem.gateway.proxy;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.webflux.error.ErrorWebExceptionHandler;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.ErrorResponse;
import org.springframework.web.server.ServerWebExchange;

/**
 * Answers every error of the gateway itself with problem details (RFC 9457) and the
 * header {@code X-Gateway-Error}, which tells them from the errors of an instance.
 */
final class ProblemHandler implements ErrorWebExceptionHandler, Ordered {

	static final String REASON_HEADER = "X-Gateway-Error";

	private static final Logger logger = LoggerFactory.getLogger(ProblemHandler.class);

	private final JsonMapper json;

	ProblemHandler(JsonMapper json) {
		this.json = json;
	}

	/** Before the handlers of Spring Boot and WebFlux. */
	@Override
	public int getOrder() {
		return -2;
	}

	@Override
	public Mono<Void> handle(ServerWebExchange exchange, Throwable error) {
		ServerHttpResponse response = exchange.getResponse();
		if (response.isCommitted()) {
			return Mono.error(error);
		}
		return write(response, toProblem(error, exchange));
	}

	private static Problem toProblem(Throwable error, ServerWebExchange exchange) {
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
		logger.error("{} {} failed inside the gateway", exchange.getRequest().getMethod(),
				exchange.getRequest().getPath(), error);
		return new Problem(HttpStatus.INTERNAL_SERVER_ERROR, "gateway",
				"The gateway failed to process the request; its log says why.");
	}

	private static HttpStatus status(HttpStatusCode code) {
		HttpStatus status = HttpStatus.resolve(code.value());
		return (status != null) ? status : HttpStatus.INTERNAL_SERVER_ERROR;
	}

	private Mono<Void> write(ServerHttpResponse response, Problem problem) {
		HttpHeaders headers = response.getHeaders();
		headers.clearContentHeaders();
		headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
		headers.set(REASON_HEADER, problem.reason());
		if (problem.status() == HttpStatus.SERVICE_UNAVAILABLE) {
			headers.set(HttpHeaders.RETRY_AFTER, "1");
		}
		if (problem.status().is4xxClientError()) {
			// The rest of such a request is not worth reading.
			headers.setConnection("close");
		}
		response.setStatusCode(problem.status());
		byte[] body = json.writeValueAsString(body(problem)).getBytes(StandardCharsets.UTF_8);
		headers.setContentLength(body.length);
		return response.writeWith(Mono.fromSupplier(() -> response.bufferFactory().wrap(body)));
	}

	private static Map<String, Object> body(Problem problem) {
		Map<String, Object> body = new LinkedHashMap<>();
		body.put("type", "about:blank");
		body.put("title", problem.status().getReasonPhrase());
		body.put("status", problem.status().value());
		body.put("detail", problem.detail());
		body.put("reason", problem.reason());
		return body;
	}

}
