package io.tandem.benchmarks.dbrouter.peer;

import java.util.Arrays;

/**
 * Latencies in nanoseconds, all of them kept.
 */
final class Latencies {

	private long[] nanos = new long[1024];

	private int size;

	void add(long value) {
		if (this.size == this.nanos.length) {
			this.nanos = Arrays.copyOf(this.nanos, this.size * 2);
		}
		this.nanos[this.size++] = value;
	}

	void addAll(Latencies other) {
		for (int i = 0; i < other.size; i++) {
			add(other.nanos[i]);
		}
	}

	int size() {
		return this.size;
	}

	/**
	 * The latency that a part of all does not exceed (nearest rank).
	 * @param part above 0, up to 1
	 * @return the latency in microseconds, 0 if there is none
	 */
	double micros(double part) {
		if (this.size == 0) {
			return 0;
		}
		long[] sorted = Arrays.copyOf(this.nanos, this.size);
		Arrays.sort(sorted);
		return sorted[(int) Math.ceil(part * this.size) - 1] / 1e3;
	}

}
