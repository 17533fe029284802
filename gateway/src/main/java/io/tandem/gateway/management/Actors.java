package io.tandem.gateway.management;

import java.util.function.Function;

import io.tandem.gateway.control.Actor;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Tells operations who asks for them: an endpoint does not see the request.
 */
final class Actors {

	private static final Actor UNKNOWN = new Actor("somebody", "an unknown address");

	private Actors() {
	}

	/** Performs a change, which waits for the disk, away from the event loops. */
	static <T> Mono<T> perform(Function<Actor, T> change) {
		return Mono.deferContextual((context) -> {
			Actor actor = context.getOrDefault(Actor.class, UNKNOWN);
			return Mono.fromCallable(() -> change.apply((actor != null) ? actor : UNKNOWN))
				.subscribeOn(Schedulers.boundedElastic());
		});
	}

}
