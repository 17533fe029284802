package io.tandem.gateway.accesslog;

import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;

/**
 * A response that knows how long its body is so far.
 */
final class CountedResponse extends ServerHttpResponseDecorator {

	/** Written by one event loop; the last value is read after the end. */
	private volatile long bytes;

	CountedResponse(ServerHttpResponse delegate) {
		super(delegate);
	}

	long bytes() {
		return bytes;
	}

	@Override
	public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
		return super.writeWith(counted(body));
	}

	@Override
	public Mono<Void> writeAndFlushWith(Publisher<? extends Publisher<? extends DataBuffer>> body) {
		return super.writeAndFlushWith(Flux.from(body).map(this::counted));
	}

	/** A Mono stays one: Spring writes it at once. */
	private Publisher<? extends DataBuffer> counted(Publisher<? extends DataBuffer> body) {
		return (body instanceof Mono<? extends DataBuffer> one) ? one.doOnNext(this::count)
				: Flux.from(body).doOnNext(this::count);
	}

	@SuppressWarnings("NonAtomicVolatileUpdate")
	private void count(DataBuffer buffer) {
		bytes += buffer.readableByteCount();
	}

}
