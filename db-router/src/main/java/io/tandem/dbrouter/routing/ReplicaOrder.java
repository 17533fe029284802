package io.tandem.dbrouter.routing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Puts replicas into the order in which a read tries them.
 */
final class ReplicaOrder {

	private final AtomicInteger turn = new AtomicInteger();

	List<Member> order(List<Member> replicas) {
		if (replicas.size() < 2) {
			return replicas;
		}
		List<Member> ordered = new ArrayList<>(replicas);
		Collections.rotate(ordered, Math.floorMod(this.turn.getAndIncrement(), ordered.size()));
		return ordered;
	}

}
