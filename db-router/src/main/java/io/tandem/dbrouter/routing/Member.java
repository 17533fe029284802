package io.tandem.dbrouter.routing;

import java.util.concurrent.atomic.AtomicInteger;

import io.tandem.dbrouter.topology.Node;
import org.jspecify.annotations.Nullable;

/**
 * A node and the units of work on it.
 */
final class Member implements Contender {

	private final Node node;

	private final AtomicInteger active = new AtomicInteger();

	private double credit;

	Member(Node node) {
		this.node = node;
	}

	Node node() {
		return this.node;
	}

	@Override
	public int weight() {
		return this.node.weight();
	}

	@Override
	public @Nullable Long routableSince() {
		return this.node.routableSince();
	}

	/** Also those that wait for a connection. */
	@Override
	public int active() {
		return this.active.get();
	}

	void entered() {
		this.active.incrementAndGet();
	}

	void left() {
		this.active.decrementAndGet();
	}

	@Override
	public double credit(double more) {
		this.credit += more;
		return this.credit;
	}

	@Override
	public String toString() {
		return this.node.toString();
	}

}
