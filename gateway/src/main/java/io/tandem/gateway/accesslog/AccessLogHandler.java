package io.tandem.gateway.accesslog;

import java.time.Clock;
import java.time.Instant;
import java.util.function.LongSupplier;

import io.tandem.gateway.balance.Dispatch;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;

/**
 * Notes each request at its end, whatever the end was. The outermost handler, so that it
 * also sees what no instance has seen.
 */
final class AccessLogHandler implements HttpHandler {

	private final HttpHandler handler;

	private final AccessLog log;

	private final Clock clock;

	private final LongSupplier nanoTime;

	AccessLogHandler(HttpHandler handler, AccessLog log, Clock clock, LongSupplier nanoTime) {
		this.handler = handler;
		this.log = log;
		this.clock = clock;
		this.nanoTime = nanoTime;
	}

	@Override
	public Mono<Void> handle(ServerHttpRequest request, ServerHttpResponse response) {
		Instant received = clock.instant();
		long begin = nanoTime.getAsLong();
		CountedResponse counted = new CountedResponse(response);
		return handler.handle(request, counted)
			.doFinally((signal) -> log.offer(entry(request, counted, received, nanoTime.getAsLong() - begin, signal)));
	}

	private static AccessEntry entry(ServerHttpRequest request, CountedResponse response, Instant received, long nanos,
			SignalType signal) {
		HttpHeaders headers = request.getHeaders();
		HttpStatusCode status = response.isCommitted() ? response.getStatusCode() : null;
		return new AccessEntry(received, request.getRemoteAddress(), request.getMethod().name(), request.getURI(),
				headers.getFirst(HttpHeaders.HOST), headers.getFirst(HttpHeaders.USER_AGENT),
				(status != null) ? status.value() : 0, response.getHeaders().getFirst("X-Gateway-Error"),
				response.bytes(), nanos, signal == SignalType.ON_COMPLETE,
				(Dispatch) request.getAttributes().get(Dispatch.ATTRIBUTE));
	}

}
