package io.tandem.gateway.dashboard;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Sends the same bytes to every open page, as server-sent events. A page that is slow to
 * read gets the latest only; none keeps more than that in memory.
 */
final class Broadcast {

	static final int MOST_VIEWERS = 100;

	private final Sinks.Many<byte[]> sink = Sinks.many().multicast().directBestEffort();

	private final AtomicInteger viewers = new AtomicInteger();

	boolean isWatched() {
		return viewers.get() > 0;
	}

	boolean isFull() {
		return viewers.get() >= MOST_VIEWERS;
	}

	void send(String event, byte[] data) {
		sink.tryEmitNext(event(event, data));
	}

	static byte[] event(String name, byte[] data) {
		byte[] head = ("event: " + name + "\ndata: ").getBytes(StandardCharsets.UTF_8);
		byte[] event = new byte[head.length + data.length + 2];
		System.arraycopy(head, 0, event, 0, head.length);
		System.arraycopy(data, 0, event, head.length, data.length);
		event[event.length - 2] = '\n';
		event[event.length - 1] = '\n';
		return event;
	}

	/**
	 * What is sent from now on. Reactor Netty asks for many of these ahead, and for what
	 * is in one when it can be written: each is then the latest, or nothing if that has
	 * gone already.
	 */
	Flux<Mono<byte[]>> events() {
		return Flux.defer(() -> {
			viewers.incrementAndGet();
			AtomicReference<byte @Nullable []> latest = new AtomicReference<>();
			Mono<byte[]> next = Mono.fromSupplier(() -> latest.getAndSet(null));
			return sink.asFlux()
				.doOnNext(latest::set)
				.onBackpressureLatest()
				.map((event) -> next)
				.doFinally((signal) -> viewers.decrementAndGet());
		});
	}

	/** Ends all streams, which would otherwise hold up the end of the gateway. */
	void end() {
		sink.tryEmitComplete();
	}

}
