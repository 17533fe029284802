package io.tandem.gateway.proxy;

import org.springframework.boot.webflux.error.ErrorWebExceptionHandler;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Answers every error of the gateway itself as one of the {@link Problems}.
 */
final class ProblemHandler implements ErrorWebExceptionHandler, Ordered {

	private final Problems problems;

	ProblemHandler(Problems problems) {
		this.problems = problems;
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
		Problem problem = problems.of(error, exchange.getRequest().getMethod().name(),
				exchange.getRequest().getPath().value());
		byte[] body = problems.body(problem);
		HttpHeaders headers = response.getHeaders();
		headers.clearContentHeaders();
		problems.headers(problem).forEach(headers::set);
		headers.setContentLength(body.length);
		response.setStatusCode(problem.status());
		return response.writeWith(Mono.fromSupplier(() -> response.bufferFactory().wrap(body)));
	}

}
