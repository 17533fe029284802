package io.tandem.gateway.shutdown;

import reactor.core.publisher.Mono;

import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;

/**
 * Asks clients for a new connection with each answer once the gateway is about to end: it
 * will lead to another gateway. HTTP/2 has no such header, and Netty leaves it out there
 * ({@link PublicConnection#announceEnd()}).
 */
final class ClosingHandler implements HttpHandler {

	private final HttpHandler handler;

	private final Announcement announcement;

	ClosingHandler(HttpHandler handler, Announcement announcement) {
		this.handler = handler;
		this.announcement = announcement;
	}

	@Override
	public Mono<Void> handle(ServerHttpRequest request, ServerHttpResponse response) {
		if (announcement.isMade()) {
			// Last of all: whoever copies an instance's headers replaces those set now.
			response.beforeCommit(() -> Mono.fromRunnable(() -> response.getHeaders().setConnection("close")));
		}
		return handler.handle(request, response);
	}

}
